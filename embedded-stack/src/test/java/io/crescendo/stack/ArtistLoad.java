package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.schemas.Artist;
import io.crescendo.schemas.AvroSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Artists on all partitions of an empty topic, with timestamps of three days. Each one's id is its
 * partition and offset.
 */
final class ArtistLoad {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final int DAYS = 3;

  /** After each thousand records, so that many batches land while they come. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final String bootstrapServers;
  private final String topic;
  private int sent;

  ArtistLoad(String bootstrapServers, String topic) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
  }

  /** Records on all partitions together. */
  int sent() {
    return sent;
  }

  /** Offsets behind the last records. */
  Map<TopicPartition, OffsetAndMetadata> ends() {
    Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
    for (int p = 0; p < SinkStage.PARTITIONS; p++) {
      long end = (sent - p + SinkStage.PARTITIONS - 1) / SinkStage.PARTITIONS;
      ends.put(new TopicPartition(topic, p), new OffsetAndMetadata(end));
    }
    return ends;
  }

  /** Sends the next so many records, beside what the caller does. */
  CompletableFuture<Void> start(int records) {
    return CompletableFuture.runAsync(() -> send(records));
  }

  /** Sends the next so many records, and returns when the broker has them. */
  void send(int records) {
    int end = sent + records;
    List<Future<RecordMetadata>> answers = new ArrayList<>();
    try (KafkaProducer<byte[], Artist> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            AvroSerde.of(Artist.class).serializer())) {
      for (int i = sent; i < end; i++) {
        answers.add(producer.send(record(i)));
        if (i % 1000 == 999) {
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
      for (Future<RecordMetadata> answer : answers) {
        RecordMetadata at = answer.get(2, TimeUnit.MINUTES);
        assertThat(at.partition() + "/" + at.offset()).isEqualTo(id(sent++));
      }
    } catch (ExecutionException | InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private ProducerRecord<byte[], Artist> record(int number) {
    // a multiplier that is prime to the number of milliseconds scatters times over all days
    long time = START.toEpochMilli() + (number * 7_919_003L) % TimeUnit.DAYS.toMillis(DAYS);
    Instant at = Instant.ofEpochMilli(time);
    Artist artist =
        Artist.newBuilder()
            .setId(id(number))
            .setName("Artist " + number)
            .setGenres(List.of("pop", "dance pop"))
            .setFollowers(number)
            .setFollowerTier("small")
            .setFirstSeenAt(at)
            .setObservedAt(at)
            .setIngestedAt(at)
            .setUpdateNumber(1)
            .setLate(false)
            .setDeleted(false)
            .build();
    return new ProducerRecord<>(topic, number % SinkStage.PARTITIONS, time, null, artist);
  }

  private static String id(int number) {
    return number % SinkStage.PARTITIONS + "/" + number / SinkStage.PARTITIONS;
  }
}
