package io.crescendo.connect.s3.metrics;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Figures of one task, since it started. The task writes them from its threads, JMX reads them from
 * others.
 */
public final class TaskMetrics {

  /** {@link Waiting#oldestTimestamp} and {@link Waiting#oldestArrival} where no record waits. */
  public static final long NONE = Long.MAX_VALUE;

  private final Clock clock;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong adopted = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong uploadNanos = new AtomicLong();
  private final AtomicLong longestUploadNanos = new AtomicLong();
  private volatile Waiting waiting = new Waiting(0, 0, NONE, NONE);

  /**
   * What the task holds that has not landed.
   *
   * @param bufferedBytes memory that it takes, in bytes
   * @param openFiles files that take rows
   * @param oldestTimestamp lowest timestamp of the records whose batch has not landed as a whole,
   *     in milliseconds since the epoch
   * @param oldestArrival when the first of those came, in milliseconds since the epoch
   */
  public record Waiting(
      long bufferedBytes, long openFiles, long oldestTimestamp, long oldestArrival) {}

  /**
   * All at zero.
   *
   * @param clock tells ages
   */
  public TaskMetrics(Clock clock) {
    this.clock = clock;
  }

  /** A file of the task is in the store. */
  public void landed(long fileRows, long fileBytes) {
    rows.addAndGet(fileRows);
    bytes.addAndGet(fileBytes);
    files.incrementAndGet();
  }

  /** An object was met where a file was to go, or found by asking, and counts in its place. */
  public void adopted() {
    adopted.incrementAndGet();
  }

  /** A record could not be a row, and was reported or passed over. */
  public void rejected() {
    rejected.incrementAndGet();
  }

  /** An attempt to upload a file ended, well or badly. */
  public void uploaded(long nanos) {
    uploadNanos.addAndGet(nanos);
    longestUploadNanos.accumulateAndGet(nanos, Math::max);
  }

  /** The task holds something else now. */
  public void holds(Waiting now) {
    waiting = now;
  }

  /** All figures, in the order of the documentation. */
  List<Metric> all() {
    return List.of(
        new Metric("rows-landed-total", "Rows in files that this task landed.", rows::get),
        new Metric("bytes-landed-total", "Bytes of files that this task landed.", bytes::get),
        new Metric("files-landed-total", "Files that this task landed.", files::get),
        new Metric(
            "conflicts-adopted-total",
            "Objects of an earlier or another task, met in the place of a file or found by asking, and"
                + " adopted.",
            adopted::get),
        new Metric(
            "records-rejected-total",
            "Records that cannot be rows, and were reported or passed over.",
            rejected::get),
        new Metric(
            "upload-time-ms-total",
            "Time spent finishing and uploading files, over all upload threads.",
            () -> TimeUnit.NANOSECONDS.toMillis(uploadNanos.get())),
        new Metric(
            "upload-time-ms-max",
            "Longest time that one file took.",
            () -> TimeUnit.NANOSECONDS.toMillis(longestUploadNanos.get())),
        new Metric(
            "buffered-bytes",
            "Memory of what has not landed, against buffer.memory.bytes.",
            () -> waiting.bufferedBytes()),
        new Metric("open-files", "Files that take rows now.", () -> waiting.openFiles()),
        new Metric(
            "oldest-record-age-ms",
            "Time since the lowest timestamp of the records whose batch has not landed as a whole; 0 without any.",
            () -> since(waiting.oldestTimestamp())),
        new Metric(
            "oldest-record-wait-ms",
            "Time since the first record came whose batch has not landed as a whole; 0 without any.",
            () -> since(waiting.oldestArrival())));
  }

  private long since(long millis) {
    return millis == NONE ? 0 : Math.max(0, clock.millis() - millis);
  }
}
