package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.MockAdminClient;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaProgressLogTest {

  private static final TopicPartition LOG =
      new TopicPartition(ProgressLog.TOPIC, ProgressLog.PARTITION);
  private static final Checkpoint FINISHED = new Checkpoint(5, Map.of(), 120, Instant.EPOCH, true);

  private final MockAdminClient admin = MockAdminClient.create().numBrokers(1).build();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final KafkaProgressLog log = new KafkaProgressLog(admin, true, consumer);
  private long end;

  @BeforeEach
  void start() {
    consumer.assign(List.of(LOG));
    consumer.updateBeginningOffsets(Map.of(LOG, 0L));
    consumer.seekToBeginning(List.of(LOG));
  }

  @AfterEach
  void stop() {
    log.close();
  }

  @Test
  void knowsTheNewestEntryOfAFile() {
    add("a", Checkpoint.start(Instant.EPOCH).toJson());
    add("a", FINISHED.toJson());
    assertThat(log.latest("a")).contains(FINISHED);
    assertThat(log.latest("b")).isEmpty();
  }

  @Test
  void readsAgainFromARecordThatIsNoEntry() {
    // or a publisher that tries again, as with --watch, would publish "a" from its first row
    add("x", "garbage".getBytes(StandardCharsets.UTF_8));
    add("a", FINISHED.toJson());
    assertThatThrownBy(() -> log.latest("a"))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("csv-progress-0, offset 0, is not a checkpoint");
    assertThat(consumer.position(LOG)).isZero();
  }

  private void add(String key, byte[] value) {
    consumer.addRecord(
        new ConsumerRecord<>(
            LOG.topic(), LOG.partition(), end++, key.getBytes(StandardCharsets.UTF_8), value));
    admin.updateEndOffsets(Map.of(LOG, end));
  }
}
