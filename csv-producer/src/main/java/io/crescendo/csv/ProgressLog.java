package io.crescendo.csv;

import io.crescendo.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * What is known of files published so far. Its entries are written in the transactions that they
 * tell of: whoever sees the one sees the others.
 */
interface ProgressLog extends AutoCloseable {

  /** The topic; key {@link Source#identity}, value {@link Checkpoint}. */
  String TOPIC = Topics.CSV_PROGRESS.name();

  /**
   * All entries are here, whoever created the topic with however many partitions: the end of the
   * log is then one offset.
   */
  int PARTITION = 0;

  /**
   * The newest committed entry of a file. To be called when no earlier publisher of the file can
   * commit any more.
   *
   * @throws KafkaException if the log cannot be read
   */
  Optional<Checkpoint> latest(String identity);

  /** Makes a {@link #latest} that waits in another thread fail. */
  void wakeUp();

  @Override
  void close();

  /** The entry to send. */
  static ProducerRecord<byte[], byte[]> entry(String identity, Checkpoint checkpoint) {
    return new ProducerRecord<>(
        TOPIC, PARTITION, identity.getBytes(StandardCharsets.UTF_8), checkpoint.toJson());
  }
}
