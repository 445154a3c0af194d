package io.crescendo.streams;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log how far the restoring of state has come, now and then: an instance that has lost
 * its state may read changelogs for long before it runs.
 *
 * <p>Thread-safe.
 */
final class RestoreProgress implements StateRestoreListener {

  static final Duration EVERY = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(RestoreProgress.class);

  private final LongSupplier nanoTime;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Map<TopicPartition, Long> left = new HashMap<>();
  private long begun;
  private long told;

  RestoreProgress(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void onRestoreStart(
      TopicPartition changelog, String store, long start, long end) {
    if (left.isEmpty()) {
      begun = nanoTime.getAsLong();
      told = begun;
    }
    ends.put(changelog, end);
    left.put(changelog, end - start);
  }

  @Override
  public synchronized void onBatchRestored(
      TopicPartition changelog, String store, long last, long records) {
    left.put(changelog, Math.max(0, ends.getOrDefault(changelog, last) - last - 1));
    long now = nanoTime.getAsLong();
    if (now - told >= EVERY.toNanos()) {
      told = now;
      LOG.info("{}", this);
    }
  }

  @Override
  public synchronized void onRestoreEnd(TopicPartition changelog, String store, long records) {
    forget(changelog);
    if (left.isEmpty() && told != begun) {
      LOG.info("State restored");
    }
  }

  @Override
  public synchronized void onRestoreSuspended(
      TopicPartition changelog, String store, long records) {
    forget(changelog);
  }

  private void forget(TopicPartition changelog) {
    ends.remove(changelog);
    left.remove(changelog);
  }

  /** How much is left. */
  @Override
  public synchronized String toString() {
    return String.format(
        Locale.ROOT,
        "Restoring state: %,d records of %s changelog partitions are left",
        left.values().stream().mapToLong(Long::longValue).sum(),
        left.size());
  }
}
