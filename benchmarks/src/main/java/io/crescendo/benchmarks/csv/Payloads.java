package io.crescendo.benchmarks.csv;

import io.crescendo.schemas.Topics;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Values that were published, for another program to send: as large, and as easy to compress. */
final class Payloads {

  private static final int MOST = 20_000;

  private Payloads() {}

  /**
   * Writes the first values of a partition of {@code artist-updates}, a line each. JSON from the
   * CSV producer has no line breaks.
   *
   * @return mean bytes of a value
   */
  static long write(String bootstrapServers, Path file) throws IOException {
    TopicPartition partition = new TopicPartition(Topics.ARTIST_UPDATES.name(), 0);
    long bytes = 0;
    int count = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (count < MOST && consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> item : consumer.poll(Duration.ofSeconds(1))) {
          out.write(item.value());
          out.write('\n');
          bytes += item.value().length;
          count++;
        }
      }
    }
    return bytes / Math.max(1, count);
  }
}
