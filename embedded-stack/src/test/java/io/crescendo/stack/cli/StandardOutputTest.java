package io.crescendo.stack.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardOutputTest {

  @Test
  void isUtf8UnderAPlainLocale(@TempDir Path dir) throws Exception {
    Path file =
        Files.writeString(
            dir.resolve("a.csv"), "id,name,genres,followers\na,Björk 日本,pop,1\n", UTF_8);
    Path out = dir.resolve("out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dcrescendo.home=" + dir));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Crescendo.class.getName(), "publish", "--show-mapping"));
    command.add(file.toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(dir.resolve("err").toFile());
    builder.environment().remove("CRESCENDO_DATA_DIR");
    builder.environment().put("LC_ALL", "C");
    assertThat(builder.start().waitFor()).as(Files.readString(dir.resolve("err"))).isZero();
    assertThat(Files.readString(out, UTF_8)).contains("Björk 日本");
  }

  @Test
  void makesACommandFailThatCouldNotPrint() {
    assertThat(topicsPrintedTo(refusing("No space left on device"))).isEqualTo(1);
    assertThat(topicsPrintedTo(new ByteArrayOutputStream())).isZero();
  }

  @Test
  void takesNoOffenceAtAReaderThatHasSeenEnough() {
    assertThat(topicsPrintedTo(refusing("Broken pipe"))).isZero();
  }

  @Test
  void saysWhatIsMissing() {
    StandardOutput output = new StandardOutput(refusing("No space left on device"));
    output.writer().println("x");
    assertThat(output.problem())
        .contains(
            "Standard output could not be written: No space left on device;"
                + " what it holds is not whole");
  }

  private static int topicsPrintedTo(OutputStream out) {
    return Crescendo.printing(
        Crescendo.commandLine(Optional.empty()), new StandardOutput(out), "topics");
  }

  private static OutputStream refusing(String why) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(why);
      }
    };
  }
}
