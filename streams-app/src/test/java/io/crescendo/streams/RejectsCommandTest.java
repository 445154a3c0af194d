package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RejectsCommandTest {

  private final StringWriter err = new StringWriter();

  @TempDir private Path dir;

  @Test
  void sendsNothingUnlessToldWhat() {
    assertThat(run("replay")).isEqualTo(2);
    assertThat(err.toString())
        .contains("Say what to send back: --file, --reason, --since, --until or --all");
  }

  @Test
  void sendsNoFileOfWhichOptionsChooseAPart() throws IOException {
    Path file = Files.writeString(dir.resolve("r.jsonl"), "{\"value\":null}\n");
    for (String option : List.of("--reason=not_json", "--since=2026-01-31T12:00:00Z", "--all")) {
      assertThat(run("replay", "--dry-run", "--file", file.toString(), option)).isEqualTo(2);
      assertThat(err.toString())
          .contains("Either --file or --reason, --since, --until and --all; ")
          .contains("nothing was sent");
    }
  }

  @Test
  void namesTheLineThatIsWrong() throws IOException {
    Path file = Files.writeString(dir.resolve("r.jsonl"), "{\"value\":null}\n\noops\n");
    assertThat(run("replay", "--file", file.toString(), "--bootstrap-server=127.0.0.1:1"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("r.jsonl:3: must be JSON: ").contains("nothing was sent");
  }

  @Test
  void endsWithTwoForAFileThatIsNotThere() {
    assertThat(run("replay", "--file", dir.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("none' cannot be read: there is no such file; nothing was sent");
  }

  @Test
  void saysWhatAFileShouldBeThatIsNoText() throws IOException {
    Path file = Files.write(dir.resolve("r.bin"), new byte[] {'{', (byte) 0xff, 1});
    assertThat(run("replay", "--file", file.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("it must be lines of JSON in UTF-8, as 'rejects list' prints them")
        .doesNotContain("java.");
  }

  @Test
  void repeatsNothingOfAFileThatMovesTheCursor() throws IOException {
    Path file = Files.writeString(dir.resolve("r.jsonl"), "a\u009b2J\n");
    run("replay", "--file", file.toString(), "--bootstrap-server=127.0.0.1:1");
    assertThat(err.toString()).contains("r.jsonl:1: ").doesNotContain("\u009b");
  }

  @Test
  void refusesTimesInWords() {
    for (String option : List.of("--since", "--until")) {
      assertThat(run("list", option, "nope")).isEqualTo(2);
      assertThat(err.toString())
          .contains("'%s'".formatted(option))
          .contains("must be a time such as 2026-01-31T12:00:00Z, got 'nope'")
          .doesNotContain("java.");
    }
  }

  @Test
  void endsWithOneWhenNoBrokerAnswers() {
    assertThat(
            run(
                "list",
                "--bootstrap-server=127.0.0.1:1",
                "--kafka-property=default.api.timeout.ms=500",
                "--kafka-property=request.timeout.ms=400"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("artist-rejects could not be read or sent back: ");
  }

  @Test
  void listsTheReasonsWhereOneIsUnknown() {
    assertThat(run("list", "--reason", "not_json,not_jsn")).isEqualTo(2);
    assertThat(err.toString())
        .contains("must be one of not_json, not_an_object, ")
        .contains(", got 'not_jsn'");
  }

  private int run(String... args) {
    return new CommandLine(new RejectsCommand()).setErr(new PrintWriter(err)).execute(args);
  }
}
