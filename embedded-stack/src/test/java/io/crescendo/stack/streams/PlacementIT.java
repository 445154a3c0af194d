package io.crescendo.stack.streams;

import static io.crescendo.stack.streams.ExactlyOnceIT.agree;
import static io.crescendo.stack.streams.ExactlyOnceIT.createTopics;
import static io.crescendo.stack.streams.ExactlyOnceIT.lastRows;
import static io.crescendo.stack.streams.ExactlyOnceIT.reached;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.schemas.Artist;
import io.crescendo.stack.TestKafka;
import io.crescendo.stack.streams.Load.Placement;
import io.crescendo.streams.StreamsApp;
import io.crescendo.streams.StreamsSettings;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same updates in every way that clients place them. {@code -Dcrescendo.it.placed=100000} makes
 * the printed times worth reading.
 */
class PlacementIT {

  private static final int UPDATES = Integer.getInteger("crescendo.it.placed", 1_000);

  @TempDir private Path dir;

  @Test
  void givesTheSameTotalsHoweverRecordsArePlaced() throws Exception {
    Map<Placement, Load> loads = new EnumMap<>(Placement.class);
    for (Placement placement : Placement.values()) {
      loads.put(placement, new Load(placement.ordinal() + " ", UPDATES, UPDATES / 5, 11));
    }
    try (TestKafka broker = TestKafka.start(dir.resolve("kafka"))) {
      String servers = broker.bootstrapServers();
      createTopics(servers);
      try (StreamsApp app =
              StreamsApp.start(
                  StreamsSettings.of(
                      Map.of(
                          "bootstrap.servers",
                          servers,
                          "state.dir",
                          dir.resolve("state").toString(),
                          "commit.interval",
                          "PT0.2S",
                          "http.port",
                          "0")));
          Committed<Artist> artists = new Committed<>(servers, "artists", Artist.class);
          KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(
                  Map.of("bootstrap.servers", servers),
                  new ByteArraySerializer(),
                  new ByteArraySerializer())) {
        app.awaitRunning(Duration.ofSeconds(60));
        loads.forEach(
            (placement, load) -> {
              double hops = hops(app);
              long begun = System.nanoTime();
              load.updates().forEach(u -> producer.send(Load.record(u, placement)));
              producer.flush();
              reached(() -> agree(load, servers));
              double taken = (System.nanoTime() - begun) / 1e9;
              hops = hops(app) - hops;
              System.out.printf(
                  "%s: %d updates in %.2f s, %.0f through the hop%n",
                  placement, UPDATES, taken, hops);
              if (placement == Placement.KEYED) {
                assertThat(hops).isZero();
              } else {
                assertThat(hops).isGreaterThan(UPDATES / 4.0);
              }
            });
      }
      loads.values().forEach(load -> load.check(lastRows(servers)));
    }
  }

  /** Records that took the hop so far. */
  private static double hops(StreamsApp app) {
    String counter = "crescendo_placements_total{placement=\"repartitioned\"} ";
    HttpRequest metrics =
        HttpRequest.newBuilder(app.questions().orElseThrow().resolve("/metrics")).build();
    return HttpClient.newHttpClient()
        .sendAsync(metrics, HttpResponse.BodyHandlers.ofLines())
        .join()
        .body()
        .filter(line -> line.startsWith(counter))
        .mapToDouble(line -> Double.parseDouble(line.substring(counter.length())))
        .sum();
  }
}
