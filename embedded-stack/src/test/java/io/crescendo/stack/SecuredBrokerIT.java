package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.csv.PublishCommand;
import io.crescendo.streams.StreamsApp;
import io.crescendo.streams.StreamsSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The programs against a broker that wants TLS and a password, by configuration alone. */
class SecuredBrokerIT {

  @TempDir private static Path dir;
  private static SecuredBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = SecuredBroker.start(dir);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void servesTheProducerAndTheStreamsApp() throws Exception {
    StringWriter said = new StringWriter();
    assertThat(publish(SecuredBroker.PASSWORD, said)).as(said.toString()).isZero();

    Map<String, String> settings = new HashMap<>();
    broker.client(SecuredBroker.PASSWORD).forEach((k, v) -> settings.put("kafka." + k, v));
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("state.dir", dir.resolve("state").toString());
    settings.put("commit.interval", "PT0.2S");
    Map<String, Object> reader = new HashMap<>(broker.client(SecuredBroker.PASSWORD));
    reader.put("bootstrap.servers", broker.bootstrapServers());
    try (StreamsApp app = StreamsApp.start(StreamsSettings.of(settings))) {
      app.awaitRunning(Duration.ofMinutes(1));
      assertThat(GenreTotals.until("pop", 12, reader)).isEqualTo(12);
    }
  }

  @Test
  void refusesAnotherPasswordWhichIsNotRepeated() throws Exception {
    StringWriter said = new StringWriter();
    assertThat(publish("a-wrong-password", said)).isEqualTo(1);
    assertThat(said.toString())
        .contains("Authentication failed")
        .doesNotContain("a-wrong-password");
  }

  private static int publish(String password, StringWriter said) throws Exception {
    Path csv = dir.resolve("artists.csv");
    Files.writeString(csv, "id,name,genres,followers\na,A,\"['pop']\",5\nb,B,\"['pop']\",7\n");
    PrintWriter out = new PrintWriter(said, true);
    return new CommandLine(new PublishCommand())
        .setOut(out)
        .setErr(out)
        .execute(
            "--bootstrap-server=" + broker.bootstrapServers(),
            "--kafka-config=" + broker.clientFile(password),
            csv.toString());
  }
}
