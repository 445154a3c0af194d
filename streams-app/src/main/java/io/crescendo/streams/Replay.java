package io.crescendo.streams;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends rejects back to {@code artist-updates}, each dated as {@link RejectedRecord#datedValue}
 * says. One that is still wrong is rejected once more.
 */
final class Replay implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final boolean dryRun;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Map<String, Integer> left = new TreeMap<>();
  private int sent;

  Replay(Properties client, boolean dryRun) {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    this.dryRun = dryRun;
  }

  /** Sends one, or counts why not. */
  void send(RejectedRecord record) {
    if (record.obstacle() != null) {
      left.merge(record.obstacle(), 1, Integer::sum);
      return;
    }
    sent++;
    if (!dryRun) {
      producer.send(
          new ProducerRecord<>(RejectedRecord.target(), record.key(), record.datedValue()),
          (metadata, e) -> {
            if (e != null) {
              failure.compareAndSet(null, e);
            }
          });
    }
  }

  /**
   * Waits until the brokers have all of it.
   *
   * @return what was done, in words
   * @throws KafkaException if they do not take it
   */
  String finish() {
    producer.flush();
    if (failure.get() != null) {
      throw new KafkaException(
          "Not every reject was sent back: %s; those that were are harmless when sent again"
              .formatted(failure.get().getMessage()),
          failure.get());
    }
    StringBuilder told = new StringBuilder();
    told.append(dryRun ? "Would send " : "Sent ").append(sent);
    told.append(sent == 1 ? " reject to " : " rejects to ").append(RejectedRecord.target());
    left.forEach((why, count) -> told.append("; left ").append(count).append(", ").append(why));
    return told.toString();
  }

  @Override
  public void close() {
    producer.close(java.time.Duration.ZERO);
  }
}
