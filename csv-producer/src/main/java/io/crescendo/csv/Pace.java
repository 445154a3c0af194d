package io.crescendo.csv;

import java.util.function.LongSupplier;

/** Spreads rows evenly over time. */
final class Pace {

  private static final double NANOS = 1e9;

  private final double rowsPerSecond;
  private final LongSupplier nanoTime;
  private final long begun;
  private long rows;

  /**
   * Begins now.
   *
   * @param rowsPerSecond 0 = without limit
   */
  Pace(double rowsPerSecond, LongSupplier nanoTime) {
    this.rowsPerSecond = rowsPerSecond;
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
  }

  /** Counts a row. */
  void count() {
    rows++;
  }

  /** Nanoseconds until the next row is due; 0 or less if it is. */
  long untilNext() {
    return rowsPerSecond == 0
        ? 0
        : begun + (long) (rows / rowsPerSecond * NANOS) - nanoTime.getAsLong();
  }
}
