package io.crescendo.stack.streams;

import io.crescendo.schemas.AvroSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the committed records of a topic, going on where the last call ended. */
final class Committed<T extends SpecificRecordBase> implements AutoCloseable {

  private final KafkaConsumer<String, T> consumer;
  private final List<TopicPartition> partitions;
  private final List<ConsumerRecord<String, T>> all = new ArrayList<>();

  Committed(String bootstrapServers, String topic, Class<T> type) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false"),
            new StringDeserializer(),
            AvroSerde.of(type).deserializer());
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    consumer.assign(partitions);
  }

  /** Everything that is committed now. */
  List<ConsumerRecord<String, T>> read() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      consumer.poll(Duration.ofMillis(50)).forEach(all::add);
    }
    return all;
  }

  List<T> values() {
    return read().stream().map(ConsumerRecord::value).toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
