package io.crescendo.stack.streams;

import static io.crescendo.stack.streams.ExactlyOnceIT.createTopics;
import static io.crescendo.stack.streams.ExactlyOnceIT.reached;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.stack.EmbeddedBroker;
import io.crescendo.stack.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the command starts and ends, in a process of its own. */
class StreamsCommandIT {

  @TempDir private Path dir;
  private EmbeddedBroker broker;
  private Admin admin;

  @AfterEach
  void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void waitsForItsStateAndEndsWithZeroWhenItIsToldToEnd() throws Exception {
    // Longer than start.timeout, as if state had to be restored.
    startBroker(Map.of("group.initial.rebalance.delay.ms", "6000"));
    AppProcess app = app("start.timeout=PT3S", "partitions=8");
    app.start();
    try {
      reached(() -> app.log().contains("Running: artist-updates at "));
      assertThat(partitions("artist-updates")).isEqualTo(8);
      assertThat(admin.listTopics().names().get()).doesNotContain("csv-progress");
    } finally {
      assertThat(app.stop()).as(app.log()).isZero();
    }
  }

  @Test
  void endsWithTwoWhereTheTopicHasOtherPartitions() throws Exception {
    startBroker(Map.of());
    createTopics(broker.bootstrapServers());
    AppProcess app = app("partitions=8");
    app.start();
    assertThat(app.end()).isEqualTo(2);
    assertThat(app.log())
        .contains(
            "partitions must be the partitions of topic 'artist-updates', which has 4, got 8");
  }

  @Test
  void endsWithOneWhenItsThreadsDieTooOften() throws Exception {
    startBroker(Map.of("group.min.session.timeout.ms", "1000"));
    createTopics(broker.bootstrapServers());
    refuseLargeRecords("artists");
    String name = IntStream.range(0, 200).mapToObj(Integer::toString).collect(joining());
    publish("{\"id\":\"a\",\"name\":\"%s\",\"followers\":1}".formatted(name));
    // A dead thread does not leave its group: the next one waits for so long.
    AppProcess app =
        app(
            "commit.interval=PT0.1S",
            "kafka.session.timeout.ms=1000",
            "kafka.heartbeat.interval.ms=300");
    app.start();
    assertThat(app.end()).isEqualTo(1);
    assertThat(app.log())
        .contains("A stream thread died, after 5 restarts within PT10M; the streams app stops.")
        // the former where nobody saw it run in between
        .containsAnyOf(
            "The streams app ended while starting: ",
            "The streams app stopped, because its threads died too often: ")
        .contains("RecordTooLargeException");
  }

  private void startBroker(Map<String, String> settings) {
    broker = EmbeddedBroker.start(dir.resolve("kafka"), Ports.anyFree().kafka(), settings);
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private AppProcess app(String... settings) throws Exception {
    return new AppProcess(
        Files.createDirectories(dir.resolve("app")),
        broker.bootstrapServers(),
        Stream.concat(Stream.of("http.port=-1"), Stream.of(settings)).toList());
  }

  private int partitions(String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .size();
  }

  /** Takes the markers of transactions, which have 78 bytes, and no row. */
  private void refuseLargeRecords(String topic) throws Exception {
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("max.message.bytes", "100"), AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }

  private void publish(String json) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var unused = producer.send(new ProducerRecord<>("artist-updates", json.getBytes(UTF_8)));
    }
  }
}
