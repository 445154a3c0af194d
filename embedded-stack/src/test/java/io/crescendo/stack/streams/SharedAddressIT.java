package io.crescendo.stack.streams;

import static io.crescendo.stack.streams.ExactlyOnceIT.createTopics;
import static io.crescendo.stack.streams.ExactlyOnceIT.reached;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.stack.Ports;
import io.crescendo.stack.TestKafka;
import io.crescendo.streams.StreamsApp;
import io.crescendo.streams.StreamsSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances that say they are reached at the same address, as two machines by default do. */
class SharedAddressIT {

  private static final int ARTISTS = 40;

  private static final List<String> PATHS =
      List.of("/artists/a%d", "/genres/g%d", "/genres/g%d/top");

  @TempDir private Path dir;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void isNamedInAnswersAboutWhatLiesOnTheOther() throws Exception {
    try (TestKafka broker = TestKafka.start(dir.resolve("kafka"))) {
      createTopics(broker.bootstrapServers());
      publish(broker.bootstrapServers());
      int first = Ports.anyFree().kafka();
      try (StreamsApp one = app(broker.bootstrapServers(), first)) {
        one.awaitRunning(Duration.ofSeconds(60));
        for (String path : PATHS) {
          reached(() -> statuses(first, path).equals(Set.of(200)));
        }
        int second = Ports.anyFree().kafka();
        try (StreamsApp two = app(broker.bootstrapServers(), second)) {
          two.awaitRunning(Duration.ofSeconds(60));
          for (int port : List.of(first, second)) {
            for (String path : PATHS) {
              reached(() -> hinted(port, path));
              assertThat(statuses(port, path)).isSubsetOf(200, 503);
            }
          }
        }
      }
    }
  }

  private Set<Integer> statuses(int port, String path) {
    return IntStream.range(0, ARTISTS)
        .mapToObj(i -> get(port, path.formatted(i)).statusCode())
        .collect(Collectors.toSet());
  }

  private boolean hinted(int port, String path) {
    return IntStream.range(0, ARTISTS)
        .mapToObj(i -> get(port, path.formatted(i)))
        .filter(reply -> reply.statusCode() == 503)
        .anyMatch(reply -> reply.body().contains("set http.advertised on each"));
  }

  private HttpResponse<String> get(int port, String path) {
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private StreamsApp app(String bootstrapServers, int port) {
    return StreamsApp.start(
        StreamsSettings.of(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "application.id", "shared",
                "state.dir", dir.resolve("state-" + port).toString(),
                "commit.interval", "PT0.2S",
                "http.port", Integer.toString(port),
                "http.advertised", "127.0.0.1:1",
                // Partitions move at once, rather than after the state has warmed up.
                "kafka.acceptable.recovery.lag", "9223372036854775807")));
  }

  private static void publish(String bootstrapServers) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < ARTISTS; i++) {
        String update =
            "{\"id\":\"a%1$d\",\"name\":\"N\",\"genres\":[\"g%1$d\"],\"followers\":1}".formatted(i);
        var unused =
            producer.send(
                new ProducerRecord<>(
                    "artist-updates", ("a" + i).getBytes(UTF_8), update.getBytes(UTF_8)));
      }
    }
  }
}
