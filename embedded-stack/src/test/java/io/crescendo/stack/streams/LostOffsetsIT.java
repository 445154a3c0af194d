package io.crescendo.stack.streams;

import static io.crescendo.stack.streams.ExactlyOnceIT.agree;
import static io.crescendo.stack.streams.ExactlyOnceIT.createTopics;
import static io.crescendo.stack.streams.ExactlyOnceIT.lastRows;
import static io.crescendo.stack.streams.ExactlyOnceIT.reached;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.stack.TestKafka;
import io.crescendo.stack.streams.Load.Placement;
import io.crescendo.streams.StreamsApp;
import io.crescendo.streams.StreamsSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers forget a group's offsets some days after it has ended; the state stays. */
class LostOffsetsIT {

  private static final String APPLICATION = "forgotten";
  private static final int UPDATES = 1_000;

  private static final List<TopicPartition> PARTS =
      IntStream.range(0, 4)
          .mapToObj(p -> new TopicPartition(APPLICATION + "-genre-parts-repartition", p))
          .toList();

  @TempDir private Path dir;

  @Test
  void keepsTotalsExactThoughWhatIsToldOfGenresIsReadAgain() throws Exception {
    Load load = new Load("", UPDATES, UPDATES / 10, 5);
    try (TestKafka broker = TestKafka.start(dir.resolve("kafka"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      String servers = broker.bootstrapServers();
      createTopics(servers);
      publish(load, servers);
      try (StreamsApp app = app(servers)) {
        app.awaitRunning();
        reached(() -> agree(load, servers));
      }
      assertThat(offsets(admin, OffsetSpec.earliest()))
          .as("nothing of what is to be read again was deleted")
          .allSatisfy((partition, offset) -> assertThat(offset).isZero());
      admin.deleteConsumerGroups(List.of(APPLICATION)).all().get();
      try (StreamsApp app = app(servers)) {
        app.awaitRunning();
        reached(() -> everythingIsRead(admin));
      }
      load.check(lastRows(servers));
    }
  }

  private static void publish(Load load, String servers) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      load.updates().forEach(update -> producer.send(Load.record(update, Placement.MIXED)));
    }
  }

  private StreamsApp app(String servers) {
    return StreamsApp.start(
        StreamsSettings.of(
            Map.of(
                "application.id",
                APPLICATION,
                "bootstrap.servers",
                servers,
                "state.dir",
                dir.resolve("state").toString(),
                "commit.interval",
                "PT0.2S",
                "http.port",
                "-1",
                // Far off, or what is told of genres would be deleted once it is processed.
                "kafka.repartition.purge.interval.ms",
                "3600000")));
  }

  private static boolean everythingIsRead(Admin admin) {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(APPLICATION).partitionsToOffsetAndMetadata().get();
      return offsets(admin, OffsetSpec.latest()).entrySet().stream()
          .allMatch(
              end ->
                  committed.get(end.getKey()) != null
                      && committed.get(end.getKey()).offset() == end.getValue());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<TopicPartition, Long> offsets(Admin admin, OffsetSpec which) throws Exception {
    return admin
        .listOffsets(PARTS.stream().collect(Collectors.toMap(p -> p, p -> which)))
        .all()
        .get()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
  }
}
