package io.crescendo.streams;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends rejects back to {@code artist-updates}, each dated as {@link RejectedRecord#datedValue}
 * says. One that is still wrong is rejected once more.
 */
final class Replay implements AutoCloseable {

  private final Producer<byte[], byte[]> producer;
  private final boolean dryRun;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final AtomicInteger taken = new AtomicInteger();
  private final Map<String, Integer> left = new TreeMap<>();
  private int sent;

  Replay(Properties client, boolean dryRun) {
    this(producer(client), dryRun);
  }

  Replay(Producer<byte[], byte[]> producer, boolean dryRun) {
    this.producer = producer;
    this.dryRun = dryRun;
  }

  private static Producer<byte[], byte[]> producer(Properties client) {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Sends one, or counts why not.
   *
   * @throws KafkaException if the brokers did not take one before: each would wait as long again
   */
  void send(RejectedRecord record) {
    if (record.obstacle() != null) {
      left.merge(record.obstacle(), 1, Integer::sum);
      return;
    }
    failIfRefused();
    sent++;
    if (!dryRun) {
      producer.send(
          new ProducerRecord<>(RejectedRecord.target(), record.key(), record.datedValue()),
          (metadata, e) -> {
            if (e == null) {
              taken.incrementAndGet();
            } else {
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
    failIfRefused();
    StringBuilder told = new StringBuilder();
    told.append(dryRun ? "Would send " : "Sent ").append(sent);
    told.append(sent == 1 ? " reject to " : " rejects to ").append(RejectedRecord.target());
    left.forEach((why, count) -> told.append("; left ").append(count).append(", ").append(why));
    return told.toString();
  }

  private void failIfRefused() {
    Exception refused = failure.get();
    if (refused != null) {
      throw new KafkaException(
          "Not every reject was sent back: %s; the brokers have %s for sure, which are harmless when sent again"
              .formatted(refused.getMessage(), taken.get()),
          refused);
    }
  }

  @Override
  public void close() {
    producer.close(java.time.Duration.ZERO);
  }
}
