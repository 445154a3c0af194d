package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

class StoreKeyTest {

  @TempDir private Path dir;

  @Test
  void isKeptFromOneStartToTheNextAndFoundByOtherCommands() {
    assertThat(StoreKey.of(dir)).isEmpty();
    AwsBasicCredentials made = StoreKey.make(dir);
    assertThat(StoreKey.make(dir)).isEqualTo(made);
    assertThat(StoreKey.of(dir)).contains(made);
  }

  @Test
  void isAnotherOneInEachDirectory() {
    String secret = StoreKey.make(dir.resolve("a")).secretAccessKey();
    assertThat(secret).matches("[0-9a-f]{40}");
    assertThat(StoreKey.make(dir.resolve("b")).secretAccessKey()).isNotEqualTo(secret);
  }

  @Test
  void liesInAFileOfItsOwnerAloneWhateverAKillLeft() throws IOException {
    Files.writeString(dir.resolve("s3-secret.new"), "");
    StoreKey.make(dir);
    assertThat(dir.toFile().list()).containsExactly("s3-secret");
    assertThat(Files.getPosixFilePermissions(dir.resolve("s3-secret")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void saysWhichFileCannotBeUsed() throws IOException {
    Path file = Files.createDirectory(dir.resolve("s3-secret"));
    assertThatThrownBy(() -> StoreKey.make(dir))
        .isInstanceOf(StackException.class)
        .hasMessageContaining(file.toString());
  }
}
