package io.crescendo.stack.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.schemas.Artist;
import io.crescendo.schemas.GenreFollowers;
import io.crescendo.schemas.Reject;
import io.crescendo.schemas.Topics;
import io.crescendo.stack.EmbeddedBroker;
import io.crescendo.stack.Ports;
import io.crescendo.stack.Until;
import io.crescendo.stack.streams.Load.Placement;
import io.crescendo.stack.streams.Load.Update;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances in processes of their own, killed in turn while they work. {@code
 * -Dcrescendo.it.updates=200000 -Dcrescendo.it.kills=10} for the large version.
 */
class ExactlyOnceIT {

  private static final int UPDATES = Integer.getInteger("crescendo.it.updates", 9_000);
  private static final String APPLICATION = "killed";
  private static final int KILLS = Integer.getInteger("crescendo.it.kills", 3);

  @TempDir private Path dir;

  @Test
  void keepsTotalsAndRowsExactThoughInstancesAreKilled() throws Exception {
    Load load = new Load("", UPDATES, UPDATES / 10, 42);
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(
            dir.resolve("kafka"),
            Ports.anyFree().kafka(),
            Map.of("group.min.session.timeout.ms", "1000"))) {
      String servers = broker.bootstrapServers();
      createTopics(servers);
      AppProcess[] instances = {instance("one", servers), instance("two", servers)};
      for (AppProcess instance : instances) {
        instance.start();
      }
      try (KafkaProducer<byte[], byte[]> producer =
              new KafkaProducer<>(
                  Map.of("bootstrap.servers", servers),
                  new ByteArraySerializer(),
                  new ByteArraySerializer());
          Committed<Artist> artists = new Committed<>(servers, "artists", Artist.class);
          Committed<Reject> rejects = new Committed<>(servers, "artist-rejects", Reject.class);
          Group group = new Group(servers, APPLICATION)) {
        Random random = new Random(7);
        int round = UPDATES / (KILLS + 1);
        for (int kill = 0; kill < KILLS; kill++) {
          reached(() -> group.bothWork());
          int done = artists.read().size() + rejects.read().size();
          int from = kill * round;
          int middle = from + round / 4 + random.nextInt(round / 2);
          send(load, from, middle, producer);
          producer.flush();
          reached(() -> artists.read().size() + rejects.read().size() > done);
          // Some of the round is committed, more is under way, and the rest is being sent.
          send(load, middle, from + round, producer);
          instances[kill % 2].kill();
          producer.flush();
          assertThat(group.unprocessed()).as("updates left at kill %d", kill).isPositive();
          instances[kill % 2].start();
        }
        send(load, KILLS * round, UPDATES, producer);
        producer.flush();
        reached(() -> artists.read().size() + rejects.read().size() >= UPDATES);
        reached(() -> agree(load, servers));
      } finally {
        for (AppProcess instance : instances) {
          instance.stop();
        }
      }
      check(load, servers);
    }
  }

  private static void send(Load load, int from, int to, KafkaProducer<byte[], byte[]> producer) {
    load.updates()
        .subList(from, to)
        .forEach(update -> producer.send(Load.record(update, Placement.MIXED)));
  }

  /** From the beginning, when nothing writes any more. */
  private static void check(Load load, String servers) {
    try (Committed<Artist> artists = new Committed<>(servers, "artists", Artist.class);
        Committed<Reject> rejects = new Committed<>(servers, "artist-rejects", Reject.class)) {
      List<String> sources = new ArrayList<>();
      artists.values().forEach(row -> sources.add(row.getSource()));
      rejects.values().forEach(row -> sources.add(row.getSource()));
      // Sorted first: to compare in any order would take as long as the square of the updates.
      assertThat(sources.stream().sorted().toList())
          .as("every update, once")
          .isEqualTo(load.updates().stream().map(Update::source).sorted().toList());
      assertThat(rejects.values())
          .allMatch(reject -> reject.getReason().equals("unknown_artist_deleted"));
      Map<String, Long> numbers = new HashMap<>();
      artists
          .values()
          .forEach(
              row ->
                  numbers.merge(
                      row.getId(),
                      row.getUpdateNumber(),
                      (last, next) -> {
                        assertThat(next).as(row.getId()).isEqualTo(last + 1);
                        return next;
                      }));
    }
    load.check(lastRows(servers));
  }

  static boolean agree(Load load, String servers) {
    try {
      load.check(lastRows(servers));
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }

  static Map<String, GenreFollowers> lastRows(String servers) {
    Map<String, GenreFollowers> last = new HashMap<>();
    try (Committed<GenreFollowers> genres =
        new Committed<>(servers, "genre-followers", GenreFollowers.class)) {
      for (GenreFollowers row : genres.values()) {
        GenreFollowers before = last.put(row.getGenre(), row);
        if (before != null) {
          assertThat(row.getReportedAt()).as(row.getGenre()).isAfter(before.getReportedAt());
        }
      }
    }
    return last;
  }

  static void createTopics(String servers) {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
      Topics.createMissing(admin, (short) 1, Duration.ofSeconds(30));
    }
  }

  private AppProcess instance(String name, String servers) throws Exception {
    Path state = Files.createDirectories(dir.resolve(name));
    return new AppProcess(
        state,
        servers,
        List.of(
            "application.id=" + APPLICATION,
            "commit.interval=PT0.1S",
            "http.port=-1",
            "rocksdb.bytes=16777216",
            // Whoever comes back works again at once, rather than after its state has warmed up.
            "kafka.acceptable.recovery.lag=9223372036854775807",
            "kafka.consumer.session.timeout.ms=1500",
            "kafka.consumer.heartbeat.interval.ms=300",
            "kafka.producer.transaction.timeout.ms=5000"));
  }

  static void reached(BooleanSupplier state) {
    Until.reached(state, Duration.ofMinutes(3));
  }
}
