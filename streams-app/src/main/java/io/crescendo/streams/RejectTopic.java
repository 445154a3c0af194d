package io.crescendo.streams;

import io.crescendo.registry.ConfluentFraming;
import io.crescendo.registry.RegistryException;
import io.crescendo.schemas.AvroFormat;
import io.crescendo.schemas.Reject;
import io.crescendo.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what {@code artist-rejects} holds now, from its beginning to its end. */
final class RejectTopic {

  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final String NAME = Topics.ARTIST_REJECTS.name();

  private final Deserializer<Reject> rejects;
  private final java.util.function.Consumer<String> problems;
  private boolean whole = true;

  /**
   * @param avro how rejects are written
   * @param problems takes a message about each record that is no reject
   */
  RejectTopic(AvroFormat avro, java.util.function.Consumer<String> problems) {
    this.rejects = avro.serde(Topics.ARTIST_REJECTS, Reject.class).deserializer();
    this.problems = problems;
  }

  /** Consumes bytes: one that makes values fails for ever at the first that is none. */
  static Consumer<byte[], byte[]> consumer(Properties client) {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    // To look must not make the topic, with whatever the brokers' defaults are.
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Tells of every reject, partition by partition in order of offsets.
   *
   * @param told takes a reject; says whether it wants more
   * @return whether all that was read were rejects
   * @throws org.apache.kafka.common.KafkaException if the brokers do not answer, or refuse
   * @throws RegistryException if the registry does not answer, or refuses
   */
  boolean forEach(Consumer<byte[], byte[]> consumer, Predicate<RejectedRecord> told) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(NAME).stream()
            .map(p -> new TopicPartition(NAME, p.partition()))
            .toList();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      if (!read(consumer, partition, ends.get(partition), told)) {
        break;
      }
    }
    return whole;
  }

  /** Whether more is wanted. */
  private boolean read(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long end,
      Predicate<RejectedRecord> told) {
    long heard = System.nanoTime();
    while (consumer.position(partition) < end) {
      long before = consumer.position(partition);
      for (ConsumerRecord<byte[], byte[]> record :
          consumer.poll(Duration.ofMillis(200)).records(partition)) {
        if (record.offset() < end && !tell(record, told)) {
          return false;
        }
      }
      if (consumer.position(partition) > before) {
        heard = System.nanoTime();
      } else if (System.nanoTime() - heard > SILENCE.toNanos()) {
        throw new TimeoutException("No records of %s within %s".formatted(partition, SILENCE));
      }
    }
    return true;
  }

  private boolean tell(ConsumerRecord<byte[], byte[]> record, Predicate<RejectedRecord> told) {
    Reject reject;
    try {
      reject = rejects.deserialize(NAME, record.value());
    } catch (SerializationException e) {
      return leave(record, e.getMessage());
    } catch (RegistryException e) {
      if (e.ofSchema()) { // somebody else's record, or none of this registry
        return leave(record, e.getMessage());
      }
      throw e;
    }
    return reject == null
        ? leave(record, "a reject must have a value, got none")
        : told.test(
            RejectedRecord.of(reject, record.partition(), record.offset(), record.timestamp()));
  }

  private boolean leave(ConsumerRecord<byte[], byte[]> record, String why) {
    whole = false;
    boolean framed = record.value() != null && ConfluentFraming.marks(record.value());
    problems.accept(
        "%s: %s%s; it was left out"
            .formatted(
                new Origin(record.partition(), record.offset(), record.timestamp()).place(NAME),
                why,
                framed
                    ? ". It looks like a schema registry's format: name the registry that has its"
                        + " schema with --schema-registry"
                    : ""));
    return true;
  }
}
