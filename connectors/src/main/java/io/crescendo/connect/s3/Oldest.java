package io.crescendo.connect.s3;

import io.crescendo.connect.s3.metrics.TaskMetrics;

/** The oldest of the records that a batch has taken. Not thread-safe. */
final class Oldest {

  private long timestamp = TaskMetrics.NONE;
  private long arrival = TaskMetrics.NONE;

  /**
   * A record was taken.
   *
   * @param recordTimestamp its timestamp, in milliseconds since the epoch, or null for none
   * @param now the time
   */
  void took(Long recordTimestamp, long now) {
    if (arrival == TaskMetrics.NONE) {
      arrival = now;
    }
    timestamp = Math.min(timestamp, recordTimestamp == null ? now : recordTimestamp);
  }

  /** Lowest timestamp, or {@link TaskMetrics#NONE}. */
  long timestamp() {
    return timestamp;
  }

  /** When the first record came, or {@link TaskMetrics#NONE}. */
  long arrival() {
    return arrival;
  }
}
