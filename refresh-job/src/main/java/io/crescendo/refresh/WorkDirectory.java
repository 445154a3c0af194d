package io.crescendo.refresh;

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
 * The directory of local copies. One that is made here is its owner's alone: the copies are the
 * warehouse.
 *
 * @param path where it is
 * @param shared whether it lies where every user may make directories, under a name that can be
 *     guessed, so that one that is there may be somebody else's and hold what he made up
 */
record WorkDirectory(Path path, boolean shared) {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> WRITE_OF_OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  /** The one that a user names, and whose rights are his business; null for the default. */
  static WorkDirectory of(Path named) {
    return named == null
        ? new WorkDirectory(
            Path.of(
                System.getProperty("java.io.tmpdir"),
                "crescendo-refresh-" + System.getProperty("user.name")),
            true)
        : new WorkDirectory(named, false);
  }

  /**
   * Makes it, if it is not there.
   *
   * @throws IOException if it cannot be made or written to
   * @throws ConfigurationException if it may not be trusted
   */
  void make() throws IOException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!Files.isDirectory(path)) {
      Files.createDirectories(
          path,
          posix
              ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
              : new FileAttribute<?>[0]);
    }
    Path probe = Files.createTempFile(path, "writable-", "");
    UserPrincipal user = Files.getOwner(probe);
    Files.delete(probe);
    if (shared && posix) {
      requireOwn(user);
      // one of an earlier version may be open to readers
      Files.setPosixFilePermissions(path, OWNER_ONLY);
    }
  }

  /** Refuses one that another user than this one could have put anything into. */
  void requireOwn(UserPrincipal user) throws IOException {
    // of a link, too: whoever made it may let it lead elsewhere
    for (UserPrincipal owner :
        List.of(Files.getOwner(path, LinkOption.NOFOLLOW_LINKS), Files.getOwner(path))) {
      if (!owner.equals(user)) {
        throw refused("belongs to " + owner);
      }
    }
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
    if (rights.stream().anyMatch(WRITE_OF_OTHERS::contains)) {
      throw refused("is " + PosixFilePermissions.toString(rights));
    }
  }

  private ConfigurationException refused(String seen) {
    return new ConfigurationException(
        List.of(
            "--work-dir is by default %s, which must be this user's and writable to nobody else, but %s; remove it or name another --work-dir"
                .formatted(path, seen)));
  }
}
