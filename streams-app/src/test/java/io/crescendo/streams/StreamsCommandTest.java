package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StreamsCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void endsWithTwoAndSaysAllThatIsWrong() {
    assertThat(run(Map.of("CRESCENDO_STREAMS_THREADS", "0"), "--set", "comit.interval=PT1S"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("Nothing was started, because of 2 bad settings")
        .contains("'comit.interval' is no setting; the nearest is 'commit.interval'")
        .contains("threads must be 1 to 256, got 0");
  }

  @Test
  void endsWithTwoForAnUnknownOption() {
    assertThat(run(Map.of(), "--comit", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("Unknown option");
  }

  @Test
  void endsWithTwoForAFamiliesFileThatIsNotThere(@TempDir Path dir) {
    assertThat(run(Map.of(), "--set", "genre.families=" + dir.resolve("none"))).isEqualTo(2);
    assertThat(err.toString()).contains("genre.families: cannot read");
  }

  @Test
  void endsWithTwoForAKafkaPropertyThatKafkaRefuses() {
    assertThat(run(Map.of(), "--kafka-property", "acceptable.recovery.lag=none")).isEqualTo(2);
    assertThat(err.toString())
        .contains("kafka.acceptable.recovery.lag: Invalid value none for configuration");
  }

  @Test
  void endsWithTwoForAClientPropertyThatKafkaRefuses() {
    assertThat(run(Map.of(), "--kafka-property", "security.protocol=NONE")).isEqualTo(2);
    assertThat(err.toString()).contains("kafka.security.protocol: Invalid value NONE for");
  }

  @Test
  void endsWithOneWhenNoBrokerAnswers(@TempDir Path dir) {
    int code =
        run(
            Map.of(),
            "--bootstrap-server=127.0.0.1:1",
            "--set=start.timeout=PT1S",
            "--set=state.dir=" + dir);
    assertThat(code).isEqualTo(1);
    assertThat(out.toString())
        .contains("Connecting to 127.0.0.1:1, for up to PT1S (start.timeout)");
    assertThat(err.toString())
        .contains("Topics at 127.0.0.1:1 could not be checked: The brokers did not answer in time")
        .contains("the streams app was not started");
  }

  @Test
  void endsWithOneWhenNoNameOfABrokerIsKnown(@TempDir Path dir) {
    assertThat(
            run(
                Map.of(),
                "--bootstrap-server=one.invalid:9092",
                "--set=start.timeout=PT1S",
                "--set=state.dir=" + dir))
        .isEqualTo(1);
    assertThat(err.toString()).contains("was not started").contains("bootstrap.servers");
  }

  @Test
  void endsWithTwoForAnAddressThatIsNone() {
    assertThat(run(Map.of(), "--bootstrap-server=one")).isEqualTo(2);
    assertThat(err.toString())
        .contains("bootstrap.servers must be host:port, separated by commas, got 'one'");
  }

  @Test
  void listsEverySetting() {
    assertThat(run(Map.of(), "--list-settings")).isZero();
    for (Setting setting : Setting.values()) {
      assertThat(out.toString())
          .contains(setting.key() + "=" + setting.defaultValue())
          .contains(setting.doc());
    }
  }

  private int run(Map<String, String> environment, String... args) {
    return new CommandLine(new StreamsCommand(environment))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }
}
