package io.crescendo.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds where the data of a topic ends, which is not its end offset: behind the last record of a
 * transaction lies a marker, and a sink connector never commits past the last record that it was
 * given.
 */
final class TailOffsets implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final long FIRST_LOOK = 16;

  private final Consumer<byte[], byte[]> consumer;

  TailOffsets(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /**
   * Offset after the last committed record of each partition of the topics; 0 or the log's start
   * where there is none.
   */
  Map<TopicPartition, Long> of(Collection<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      for (PartitionInfo partition : consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, partition.partition()));
      }
    }
    Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> tails = new HashMap<>(starts);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    List<TopicPartition> open = new ArrayList<>(partitions);
    for (long look = FIRST_LOOK; !open.isEmpty(); look *= 16) {
      long back = look;
      open.removeIf(p -> ends.get(p) <= starts.get(p));
      readFrom(open, p -> Math.max(starts.get(p), ends.get(p) - back), ends, tails);
      open.removeIf(p -> tails.get(p) > starts.get(p) || ends.get(p) - back <= starts.get(p));
    }
    return tails;
  }

  private void readFrom(
      List<TopicPartition> partitions,
      java.util.function.ToLongFunction<TopicPartition> from,
      Map<TopicPartition, Long> ends,
      Map<TopicPartition, Long> tails) {
    consumer.assign(partitions);
    partitions.forEach(p -> consumer.seek(p, from.applyAsLong(p)));
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        tails.merge(partition, record.offset() + 1, Math::max);
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
