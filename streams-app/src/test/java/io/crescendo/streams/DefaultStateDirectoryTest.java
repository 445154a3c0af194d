package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultStateDirectoryTest {

  @TempDir private Path dir;

  private Path existing(String rights) throws IOException {
    Path path = Files.createDirectory(dir.resolve("state"));
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
  }

  @Test
  void isMadeForItsOwnerAlone() throws IOException {
    Path path = dir.resolve("state");
    DefaultStateDirectory.claim(path);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");
  }

  @Test
  void isTakenAsKafkaStreamsLeftIt() throws IOException {
    Path path = existing("rwxr-x---");
    assertThatCode(() -> DefaultStateDirectory.claim(path)).doesNotThrowAnyException();
  }

  @Test
  void isRefusedWhereOthersCouldHavePutStateIntoIt() throws IOException {
    Path path = existing("rwxrwxrwx");
    assertThatThrownBy(() -> DefaultStateDirectory.claim(path))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("state.dir is by default %s, which must be this user's", path)
        .hasMessageContaining("but is rwxrwxrwx");
  }

  @Test
  void isRefusedWhereItIsAnothersOne() throws IOException {
    Path path = existing("rwx------");
    assertThatThrownBy(() -> DefaultStateDirectory.requireOwn(path, () -> "mallory"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("but belongs to " + Files.getOwner(path));
  }
}
