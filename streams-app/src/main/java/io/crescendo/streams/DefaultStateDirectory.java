package io.crescendo.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;

/**
 * Directory of the state where the settings name none. It lies where every user may make
 * directories, under a name that can be guessed, so that one that is there may be somebody else's:
 * he could make up the state, or let links in it lead to files of this user, which the app would
 * then write.
 */
final class DefaultStateDirectory {

  static final Path PATH = Path.of(System.getProperty("java.io.tmpdir"), "crescendo-streams");

  private static final Set<PosixFilePermission> WRITE_OF_OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private DefaultStateDirectory() {}

  /**
   * Makes it, if it is not there.
   *
   * @throws InvalidSettingsException if another user could have put anything into it
   * @throws StreamsStartException if it cannot be made
   */
  static void claim(Path path) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try {
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(path, ownersAlone());
      }
      Path probe = Files.createTempFile("crescendo-", "");
      UserPrincipal user = Files.getOwner(probe);
      Files.delete(probe);
      requireOwn(path, user);
    } catch (IOException e) {
      throw new StreamsStartException(
          "The directory of the state, %s, cannot be used: %s; set %s to another"
              .formatted(path, e, Setting.STATE_DIR.key()),
          e);
    }
  }

  static void requireOwn(Path path, UserPrincipal user) throws IOException {
    // of a link, too: whoever made it may let it lead elsewhere
    for (UserPrincipal owner :
        List.of(Files.getOwner(path, LinkOption.NOFOLLOW_LINKS), Files.getOwner(path))) {
      if (!owner.equals(user)) {
        throw refused(path, "belongs to " + owner);
      }
    }
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
    if (rights.stream().anyMatch(WRITE_OF_OTHERS::contains)) {
      throw refused(path, "is " + PosixFilePermissions.toString(rights));
    }
  }

  private static FileAttribute<?> ownersAlone() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  }

  private static InvalidSettingsException refused(Path path, String seen) {
    return new InvalidSettingsException(
        List.of(
            "%s is by default %s, which must be this user's and writable to nobody else, but %s; remove it or name another"
                .formatted(Setting.STATE_DIR.key(), path, seen)));
  }
}
