package io.crescendo.streams;

import java.util.concurrent.atomic.LongAdder;

/**
 * How much the processors of an instance have processed, by which they see it pause. Thread-safe.
 */
final class Activity {

  private final LongAdder records = new LongAdder();

  /** A record has come. */
  void record() {
    records.increment();
  }

  /** Records that have come so far. */
  long records() {
    return records.sum();
  }
}
