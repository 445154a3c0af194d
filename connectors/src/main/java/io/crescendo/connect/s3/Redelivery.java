package io.crescendo.connect.s3;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The records of a put that failed, which Connect brings again before any others.
 *
 * <p>They are the same instances, but for those of partitions that were closed meanwhile: these
 * Connect takes out, as whoever has the partition then reads it from the committed offset. It knows
 * them by the topic that transformations gave them, though, so behind one that renames topics it
 * takes none out (WorkerSinkTask.onPartitionsRemoved, 3.7 to 4.3).
 *
 * <p>Offsets do not tell which of them the put had come to: one below those that a partition has
 * taken may be where its consumer has jumped back to.
 */
final class Redelivery {

  private Collection<SinkRecord> expected = List.of();

  /** Those that the put had come to, and those whose partitions were closed. */
  private final Set<SinkRecord> done = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * A put of those records failed.
   *
   * @param taken how many of them it had come to
   */
  void expect(Collection<SinkRecord> records, int taken) {
    expected = records;
    records.stream().limit(taken).forEach(done::add);
  }

  /** Partitions are closed. */
  void close(Collection<TopicPartition> partitions) {
    for (SinkRecord record : expected) {
      if (partitions.contains(
          new TopicPartition(record.originalTopic(), record.originalKafkaPartition()))) {
        done.add(record);
      }
    }
  }

  /** Whether a put failed whose records have not come again yet. */
  boolean isDue() {
    return !expected.isEmpty();
  }

  /** Whether a put brings these records, rather than new ones. */
  boolean comesWith(Collection<SinkRecord> records) {
    if (expected.isEmpty() || records.isEmpty()) {
      return false;
    }
    SinkRecord first = records.iterator().next();
    return expected.stream().anyMatch(r -> r == first);
  }

  /** Whether a record that comes again is to be passed over. */
  boolean isDone(SinkRecord record) {
    return !done.isEmpty() && done.contains(record);
  }

  /** They came, or never will. */
  void end() {
    expected = List.of();
    done.clear();
  }
}
