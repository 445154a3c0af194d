package io.crescendo.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

class DoctorCommandTest {

  private static final String FILE =
      ProfileFileSystemSetting.AWS_SHARED_CREDENTIALS_FILE.property();

  @TempDir private Path dir;

  @AfterEach
  void forgetTheFile() {
    System.clearProperty(FILE);
  }

  @Test
  void saysThatAProfileFileIsMalformed() throws Exception {
    Path file = Files.writeString(dir.resolve("credentials"), "aws_access_key_id = x\n[default\n");
    System.setProperty(FILE, file.toString());
    StringWriter out = new StringWriter();
    Crescendo.commandLine(Optional.empty())
        .setOut(new PrintWriter(out, true))
        .execute("doctor", "--data-dir", dir.toString());
    assertThat(out.toString()).containsPattern("AWS +the profile file cannot be read: ");
  }
}
