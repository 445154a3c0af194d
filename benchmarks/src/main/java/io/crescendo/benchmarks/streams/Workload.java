package io.crescendo.benchmarks.streams;

import io.crescendo.csv.CsvPublisher;
import io.crescendo.csv.Progress;
import io.crescendo.csv.Source;
import io.crescendo.csv.generate.ArtistFiles;
import io.crescendo.csv.generate.GeneratedFile;
import io.crescendo.csv.generate.GeneratorSettings;
import io.crescendo.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Updates in {@code artist-updates}: every artist once, then waves with the new followers of a
 * quarter of them, as the generator of the CSV producer makes them and as it publishes them.
 *
 * @param artists artists, each of which the first of the updates tell of
 * @param updates updates in all
 */
record Workload(long artists, long updates) {

  /** Share of the artists that a wave tells of. */
  private static final double WAVE = 0.25;

  /**
   * Publishes about so many updates.
   *
   * @param dir for files, which are removed
   */
  static Workload publish(String bootstrapServers, int artists, long updates, Path dir)
      throws IOException {
    int waves = (int) Math.max(0, Math.round((updates - artists) / (WAVE * artists)));
    List<GeneratedFile> files =
        ArtistFiles.generate(new GeneratorSettings(artists, 1, waves, Instant.now()), dir);
    long published = 0;
    Map<String, Object> client = Map.of("bootstrap.servers", bootstrapServers);
    try (CsvPublisher publisher = new CsvPublisher(client, Progress.NONE)) {
      for (GeneratedFile file : files) {
        published += publisher.publish(Source.file(file.path())).accepted();
        Files.delete(file.path());
      }
    }
    return new Workload(artists, published);
  }

  /** The same records on another broker, without their keys: spread over the partitions. */
  void copyWithoutKeys(String fromServers, String toServers) {
    String topic = Topics.ARTIST_UPDATES.name();
    try (KafkaConsumer<byte[], byte[]> from =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", fromServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> to =
            new KafkaProducer<>(
                Map.of(
                    "bootstrap.servers",
                    toServers,
                    "compression.type",
                    "lz4",
                    "batch.size",
                    262_144,
                    "linger.ms",
                    50),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      List<TopicPartition> partitions =
          from.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      from.assign(partitions);
      from.seekToBeginning(partitions);
      for (long copied = 0; copied < updates; ) {
        for (ConsumerRecord<byte[], byte[]> item : from.poll(Duration.ofSeconds(1))) {
          var unused = to.send(new ProducerRecord<>(topic, null, item.value()));
          copied++;
        }
      }
      to.flush();
    }
  }
}
