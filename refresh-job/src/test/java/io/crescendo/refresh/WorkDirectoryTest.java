package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {

  @TempDir private Path directory;

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private Path existing(String rights) throws IOException {
    Path path = Files.createDirectory(directory.resolve("work"));
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
  }

  @Test
  void liesInTheDirectoryForTemporaryFilesIfNoneIsNamed() {
    assertThat(WorkDirectory.of(null).path())
        .isEqualTo(
            Path.of(
                System.getProperty("java.io.tmpdir"),
                "crescendo-refresh-" + System.getProperty("user.name")));
    assertThat(WorkDirectory.of(directory).path()).isEqualTo(directory);
  }

  @Test
  void isItsOwnersAlone() throws IOException {
    for (boolean shared : new boolean[] {true, false}) {
      Path path = directory.resolve(shared + "/below");

      new WorkDirectory(path, shared).make();

      assertThat(rights(path)).isEqualTo("rwx------");
    }
  }

  @Test
  void isClosedToTheReadersThatAnEarlierVersionLetIn() throws IOException {
    Path path = existing("rwxr-xr-x");

    new WorkDirectory(path, true).make();

    assertThat(rights(path)).isEqualTo("rwx------");
  }

  @Test
  void isRefusedWhereOthersCouldHavePutObjectsIntoIt() throws IOException {
    Path path = existing("rwxrwxrwx");

    assertThatThrownBy(() -> new WorkDirectory(path, true).make())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "--work-dir is by default %s, which must be this user's and writable to nobody else, but is rwxrwxrwx; remove it or name another --work-dir",
            path);
    assertThat(rights(path)).isEqualTo("rwxrwxrwx");
    assertThat(path).isEmptyDirectory();
  }

  @Test
  void isRefusedWhereItIsAnothersOne() throws IOException {
    Path path = existing("rwx------");
    UserPrincipal another = () -> "mallory";

    assertThatThrownBy(() -> new WorkDirectory(path, true).requireOwn(another))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("but belongs to " + Files.getOwner(path));
  }

  @Test
  void isTheUsersBusinessWhereHeNamesIt() throws IOException {
    Path path = existing("rwxrwxrwx");

    assertThatCode(() -> new WorkDirectory(path, false).make()).doesNotThrowAnyException();
    assertThat(rights(path)).isEqualTo("rwxrwxrwx");
  }
}
