package io.crescendo.csv;

import java.util.function.LongSupplier;

/** Rows per second of this run. Those that earlier runs published took none of its time. */
final class RowRate {

  private final LongSupplier nanoTime;
  private long firstAt;
  private long firstRows = -1;

  RowRate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * The rate up to now; 0 the first time that it is asked.
   *
   * @param rows rows of the file so far, earlier runs included
   */
  long after(long rows) {
    long now = nanoTime.getAsLong();
    if (firstRows < 0) {
      firstAt = now;
      firstRows = rows;
    }
    return now == firstAt ? 0 : Math.round((rows - firstRows) * 1e9 / (now - firstAt));
  }
}
