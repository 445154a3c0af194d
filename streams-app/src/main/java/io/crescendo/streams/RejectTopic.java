package io.crescendo.streams;

import io.crescendo.schemas.AvroFormat;
import io.crescendo.schemas.Reject;
import io.crescendo.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what {@code artist-rejects} holds now, from its beginning to its end. */
final class RejectTopic {

  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final Properties client;
  private final Deserializer<Reject> rejects;

  /**
   * @param avro how rejects are written
   */
  RejectTopic(Properties client, AvroFormat avro) {
    this.rejects = avro.serde(Topics.ARTIST_REJECTS, Reject.class).deserializer();
    this.client = client;
  }

  /**
   * Tells of every reject, partition by partition in order of offsets.
   *
   * @throws org.apache.kafka.common.KafkaException if the brokers do not answer, or refuse
   */
  void forEach(Consumer<RejectedRecord> told) {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // To look must not make the topic, with whatever the brokers' defaults are.
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    String topic = Topics.ARTIST_REJECTS.name();
    try (KafkaConsumer<byte[], Reject> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), rejects)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      for (TopicPartition partition : partitions) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        read(consumer, partition, ends.get(partition), told);
      }
    }
  }

  private static void read(
      KafkaConsumer<byte[], Reject> consumer,
      TopicPartition partition,
      long end,
      Consumer<RejectedRecord> told) {
    long heard = System.nanoTime();
    while (consumer.position(partition) < end) {
      long before = consumer.position(partition);
      consumer
          .poll(Duration.ofMillis(200))
          .records(partition)
          .forEach(
              r -> {
                if (r.offset() < end) {
                  told.accept(
                      RejectedRecord.of(r.value(), r.partition(), r.offset(), r.timestamp()));
                }
              });
      if (consumer.position(partition) > before) {
        heard = System.nanoTime();
      } else if (System.nanoTime() - heard > SILENCE.toNanos()) {
        throw new TimeoutException("No records of %s within %s".formatted(partition, SILENCE));
      }
    }
  }
}
