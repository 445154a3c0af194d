package io.crescendo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.crescendo.registry.RegistryException;
import io.crescendo.registry.RegistrySettings;
import io.crescendo.registry.SchemaRegistry;
import io.crescendo.schemas.AvroFormat;
import io.crescendo.schemas.Reject;
import io.crescendo.schemas.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RejectTopicTest {

  private static final String NAME = Topics.ARTIST_REJECTS.name();
  private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);

  private final List<String> told = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  @Test
  void tellsOfEveryReject() {
    assertThat(read(reject("a"), reject("b"))).isTrue();
    assertThat(told).containsExactly("a", "b");
    assertThat(problems).isEmpty();
  }

  @Test
  void goesOnBehindWhatIsNoReject() {
    assertThat(read(reject("a"), "foreign".getBytes(UTF_8), null, reject("b"))).isFalse();
    assertThat(told).containsExactly("a", "b");
    assertThat(problems).hasSize(2);
    assertThat(problems.get(0))
        .startsWith("artist-rejects[0]@1: A record in artist-rejects is not a 'Reject' in Avro")
        .endsWith("; it was left out");
    assertThat(problems.get(1))
        .isEqualTo("artist-rejects[0]@2: a reject must have a value, got none; it was left out");
  }

  @Test
  void saysWhatReadsTheFormatOfARegistry() {
    assertThat(read(new byte[] {0, 0, 0, 0, 7, 2, 'x'}, reject("b"))).isFalse();
    assertThat(told).containsExactly("b");
    assertThat(problems)
        .singleElement()
        .asString()
        .contains("name the registry that has its schema with --schema-registry; it was left out");
  }

  @Test
  void endsWhereTheRegistryRefuses() throws IOException {
    // It would refuse each of the records, and none of them is to blame.
    assertThatThrownBy(() -> readFromRegistry(401, "{}"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("with status 401; check its user info");
    assertThat(problems).isEmpty();
  }

  @Test
  void goesOnBehindASchemaThatTheRegistryDoesNotHave() throws IOException {
    assertThat(readFromRegistry(404, "{\"error_code\":40403}")).isFalse();
    assertThat(told).containsExactly("b");
    assertThat(problems).hasSize(1);
  }

  @Test
  void endsWhereNoMoreIsWanted() {
    try (MockConsumer<byte[], byte[]> consumer = consumer(reject("a"), reject("b"))) {
      assertThat(topic().forEach(consumer, record -> !told.add(key(record)))).isTrue();
    }
    assertThat(told).containsExactly("a");
  }

  private boolean read(byte[]... values) {
    try (MockConsumer<byte[], byte[]> consumer = consumer(values)) {
      return topic().forEach(consumer, record -> told.add(key(record)));
    }
  }

  /** Reads a record of the schema with id 7, which the registry is asked for, and a reject. */
  private boolean readFromRegistry(int status, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, body.length());
          exchange.getResponseBody().write(body.getBytes(UTF_8));
          exchange.close();
        });
    server.start();
    RegistrySettings settings =
        RegistrySettings.of("http://127.0.0.1:" + server.getAddress().getPort(), "");
    try (MockConsumer<byte[], byte[]> consumer =
        consumer(new byte[] {0, 0, 0, 0, 7, 2, 'x'}, reject("b"))) {
      return new RejectTopic(AvroFormat.reading(new SchemaRegistry(settings)), problems::add)
          .forEach(consumer, record -> told.add(key(record)));
    } finally {
      server.stop(0);
    }
  }

  private RejectTopic topic() {
    return new RejectTopic(AvroFormat.singleObject(), problems::add);
  }

  private static String key(RejectedRecord record) {
    return new String(record.key(), UTF_8);
  }

  private static MockConsumer<byte[], byte[]> consumer(byte[]... values) {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    Node broker = new Node(0, "one.example", 9092);
    Node[] replicas = {broker};
    consumer.updatePartitions(
        NAME, List.of(new PartitionInfo(NAME, 0, broker, replicas, replicas)));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, (long) values.length));
    // One poll each, and only once the partition is assigned.
    IntStream.range(0, values.length)
        .forEach(
            offset ->
                consumer.schedulePollTask(
                    () ->
                        consumer.addRecord(
                            new ConsumerRecord<>(NAME, 0, offset, null, values[offset]))));
    return consumer;
  }

  private static byte[] reject(String key) {
    return AvroFormat.singleObject()
        .serde(Topics.ARTIST_REJECTS, Reject.class)
        .serializer()
        .serialize(
            NAME,
            Reject.newBuilder()
                .setReason("not_json")
                .setMessage("m")
                .setRawKey(ByteBuffer.wrap(key.getBytes(UTF_8)))
                .setTopic("artist-updates")
                .setRejectedAt(Instant.EPOCH)
                .build());
  }
}
