package io.crescendo.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/**
 * Key pair of a stack's S3 endpoint. The secret is made up for each data directory, and lies there
 * for its owner alone. One that everybody knows would open the warehouse to any site that somebody
 * visits: the endpoint looks at signatures and not at the name that it is asked under ("DNS
 * rebinding").
 */
public final class StoreKey {

  private static final String ID = "crescendo";
  private static final String SECRET = "s3-secret";
  private static final int BYTES = 20;

  private StoreKey() {}

  /** That of a stack which has started; empty where there is none that this user may read. */
  public static Optional<AwsBasicCredentials> of(Path dir) {
    try {
      return Optional.of(AwsBasicCredentials.create(ID, Files.readString(dir.resolve(SECRET))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * That of the stack which has taken a directory, made where it is missing.
   *
   * @throws StackException if it can neither be read nor written
   */
  static AwsBasicCredentials make(Path dir) {
    Path file = dir.resolve(SECRET);
    try {
      if (!Files.exists(file)) {
        write(file);
      }
      return AwsBasicCredentials.create(ID, Files.readString(file));
    } catch (IOException e) {
      throw new StackException("%s cannot be used: %s".formatted(file, e), e);
    }
  }

  private static void write(Path file) throws IOException {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    Files.createDirectories(file.getParent());
    Path draft = file.resolveSibling(SECRET + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(draft, ownersAlone(file));
    Files.writeString(draft, HexFormat.of().formatHex(secret));
    // renamed, so that a kill leaves no half of one
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileAttribute<?>[] ownersAlone(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
