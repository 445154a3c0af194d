package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.schemas.Topics;
import io.crescendo.streams.StreamsApp;
import io.crescendo.streams.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The streams app on whatever broker this machine can run; see {@link TestKafka}. */
class ConsoleToTotalsIT {

  @TempDir private Path dir;

  @Test
  void totalsWhatIsTypedOnAnyBroker() throws Exception {
    try (TestKafka kafka = TestKafka.start(dir.resolve("kafka"));
        StreamsApp app = StreamsApp.start(settings(kafka))) {
      app.awaitRunning(Duration.ofMinutes(1));
      Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
      try (KafkaProducer<String, String> console =
          new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
        console.send(update("a", 5));
        console.send(update("b", 7));
      }
      assertThat(GenreTotals.until("pop", 12, client)).isEqualTo(12);
    }
  }

  private static ProducerRecord<String, String> update(String id, long followers) {
    return new ProducerRecord<>(
        Topics.ARTIST_UPDATES.name(),
        "{\"id\":\"%s\",\"name\":\"N\",\"genres\":[\"pop\"],\"followers\":%d}"
            .formatted(id, followers));
  }

  private StreamsSettings settings(TestKafka kafka) {
    return StreamsSettings.of(
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "state.dir", dir.resolve("state").toString(),
            "commit.interval", "PT0.2S"));
  }
}
