package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crescendo.refresh.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Types the commands of the README as they stand there, beside ports and a directory of its own.
 */
class QuickStartIT {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BASH = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
  private static final int ARTISTS = 600;

  @TempDir private Path dir;
  private final Ports ports = Ports.anyFree();

  @Test
  void worksAsTheReadmeSays() throws Exception {
    List<String> blocks = blocks();
    List<String> quickStart = blocks.get(0).lines().toList();
    // the second is what runs this test
    assertThat(quickStart).containsExactly("./crescendo demo", "mvn verify");

    Path out = dir.resolve("demo.out");
    Process demo = start(quickStart.get(0) + options(), out);
    try {
      Until.reached(() -> !demo.isAlive() || read(out).contains("Ctrl-C ends"));
      assertThat(read(out))
          .contains("Top artists by followers", "Rejected: none", "Page      http://127.0.0.1:")
          .contains("600 artists (");
      String printed = "";
      for (String block : blocks.subList(1, blocks.size())) {
        for (String command : block.lines().toList()) {
          printed += run(command.replace("127.0.0.1:8083", "127.0.0.1:" + ports.connect()));
        }
      }
      assertThat(printed)
          .contains("\"reason\":\"not_json\"")
          .contains("\"state\":\"RUNNING\"")
          .contains("a stack is running");
    } finally {
      end(demo);
    }
    assertThat(demo.isAlive()).isFalse();

    resumesWithWhatWasThere();
  }

  /**
   * The artist that was typed in is there after a restart, and one that is generated is not there
   * twice.
   */
  private void resumesWithWhatWasThere() throws Exception {
    Path summary = dir.resolve("summary.json");
    run("./crescendo demo" + options() + " --exit-when-done --summary " + summary);
    JsonNode figures = new ObjectMapper().readTree(summary.toFile());
    assertThat(figures.path("artists").asLong()).isEqualTo(ARTISTS + 1);
    assertThat(figures.path("rejected").asLong()).isEqualTo(1);
    assertThat(figures.path("rows_landed").path("artist_rejects").asLong()).isEqualTo(1);
  }

  private String options() {
    return " --artists %d --data-dir %s --kafka-port %d --s3-port %d --connect-port %d --page-port %d"
        .formatted(ARTISTS, data(), ports.kafka(), ports.s3(), ports.connect(), ports.page());
  }

  private Path data() {
    return dir.resolve("data");
  }

  private static List<String> blocks() throws IOException {
    Matcher matcher = BASH.matcher(Files.readString(PROJECT.resolve("README.md")));
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  private Process start(String command, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-o", "pipefail", "-c", "exec 2>&1; " + command)
            .directory(PROJECT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("CRESCENDO_DATA_DIR", data().toString());
    return builder.start();
  }

  private String run(String command) throws Exception {
    Path output = Files.createTempFile(dir, "command", ".out");
    int code;
    do {
      Process process = start(command, output);
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(command).isTrue();
      code = process.exitValue();
      // what refresh ends with while the demo refreshes, as it does every minute
    } while (code == Outcome.LEASE_HELD.exitCode());
    assertThat(code).as("%s%n%s", command, read(output)).isZero();
    return read(output);
  }

  /**
   * Ends the JVM, which the shell has become or started, as Ctrl-C does; SIGTERM is heeded also
   * where SIGINT is not, as in a job in the background.
   */
  private static void end(Process demo) throws Exception {
    demo.descendants().reduce((parent, child) -> child).orElse(demo.toHandle()).destroy();
    if (!demo.waitFor(1, TimeUnit.MINUTES)) {
      demo.descendants().forEach(ProcessHandle::destroyForcibly);
      demo.destroyForcibly();
      throw new AssertionError("The demo did not end within a minute after it was told to");
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
