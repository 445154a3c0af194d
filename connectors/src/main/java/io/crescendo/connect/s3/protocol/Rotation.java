package io.crescendo.connect.s3.protocol;

import java.time.Instant;
import java.time.ZonedDateTime;

/**
 * Whether one topic partition's batch is to end, by {@link RotationRules}.
 *
 * <p>Any rotation is safe under the protocol, so a rule may look at the clock.
 *
 * <p>Record time is the newest timestamp of the partition so far, its watermark, and not that of
 * any one record or path. So late records, which do not move it, neither begin nor end a batch:
 * they go to the files of the batch that is open, wherever they belong, and land with it. However
 * many they are, a rotation makes at most one object for each path.
 *
 * <p>A timestamp from the future counts as one interval ahead of the clock, so that record time
 * does not stand still until the clock has got there.
 *
 * <p>Not thread-safe.
 */
public final class Rotation {

  /** {@link #deadline} of a batch that no clock ends. */
  public static final long NEVER = Long.MAX_VALUE;

  /** How much more data than the target a file may be given to shrink. */
  private static final int MOST_SHRINKAGE = 16;

  private final RotationRules rules;
  private long records;
  private long largestFile;

  /** Rows of a file that holds most; those of before the batch count, too, where it stayed open. */
  private long longestFile;

  /** Data of a file at which its batch ends; learnt, so that the file has the target size. */
  private long fileBytes;

  /** Whether the batch before was ended by the size of a file, so that something can be learnt. */
  private boolean endedBySize;

  /** Newest timestamp so far. */
  private long watermark = Long.MIN_VALUE;

  /** The watermark when the batch began. */
  private long begin;

  private long deadline = NEVER;

  /** The clock's time when the batch began. */
  private long start;

  /** A rotation whose batch is empty. */
  public Rotation(RotationRules rules) {
    this.rules = rules;
    this.fileBytes = rules.bytes();
  }

  /**
   * Whether the batch must end before it takes a record.
   *
   * @param timestamp its time, in milliseconds since the epoch
   * @param now the clock's time, in milliseconds since the epoch
   */
  public boolean endsBefore(long timestamp, long now) {
    return records > 0
        && rules.recordTimeMillis() > 0
        && believed(timestamp, now) - begin >= rules.recordTimeMillis();
  }

  /** One record from the year 2099 must not stop record time until then. */
  private long believed(long timestamp, long now) {
    return Math.min(timestamp, later(now, rules.recordTimeMillis()));
  }

  /**
   * The batch took a record.
   *
   * @param timestamp its time, in milliseconds since the epoch
   * @param now the clock's time, in milliseconds since the epoch
   */
  public void took(long timestamp, long now) {
    watermark = Math.max(watermark, believed(timestamp, now));
    if (records++ == 0) {
      begin = watermark;
      start = now;
      deadline = deadlineFrom(now);
    }
  }

  /**
   * A file of the batch took a row.
   *
   * @param bytes data that the file holds, of which some is not compressed yet
   * @param rows number of its rows
   */
  public void grew(long bytes, long rows) {
    largestFile = Math.max(largestFile, bytes);
    longestFile = Math.max(longestFile, rows);
  }

  /**
   * Whether the batch, or a file that an earlier one left open, has taken as many records as it
   * may, or one of its files as many bytes.
   */
  public boolean full() {
    return (rules.records() > 0 && Math.max(records, longestFile) >= rules.records()) || large();
  }

  /**
   * The batch before has landed.
   *
   * @param bytes size of its largest file
   */
  public void landed(long bytes) {
    if (endedBySize && bytes > 0) {
      long next = (long) (fileBytes * ((double) rules.bytes() / bytes));
      fileBytes = Math.max(rules.bytes(), Math.min(next, MOST_SHRINKAGE * rules.bytes()));
    }
  }

  private boolean large() {
    return rules.bytes() > 0 && largestFile >= fileBytes;
  }

  /**
   * Whether a clock ends the batch now. One that was set back does: the deadline that was told by
   * it is as far away as it went.
   */
  public boolean due(long now) {
    return deadline != NEVER && (now >= deadline || now < start);
  }

  /** Whether the batch has taken no record. */
  public boolean isEmpty() {
    return records == 0;
  }

  /** How long the batch has taken so far by the clock, in milliseconds. */
  public long length(long now) {
    return records == 0 ? 0 : Math.max(0, now - start);
  }

  /** Whether a file holds less than half of what one is to hold, in bytes and in rows. */
  public boolean isSmall(long bytes, long rows) {
    return (rules.bytes() <= 0 || bytes < fileBytes / 2)
        && (rules.records() <= 0 || rows < (rules.records() + 1) / 2);
  }

  /** When the batch ends even if no record comes, or {@link #NEVER}. */
  public long deadline() {
    return deadline;
  }

  /** Other records follow than those that came so far, such as the topic's first ones again. */
  public void forget() {
    watermark = Long.MIN_VALUE;
    restart();
  }

  /** The next batch begins. */
  public void restart() {
    endedBySize = large();
    records = 0;
    largestFile = 0;
    longestFile = 0;
    deadline = NEVER;
  }

  /**
   * When a batch that began now would end even if no record came, or {@link #NEVER}. Time in
   * records stands still on an idle topic; the clock stands in for it.
   */
  public long deadlineFrom(long now) {
    return Math.min(
        scheduled(now),
        rules.recordTimeMillis() > 0 ? later(now, rules.recordTimeMillis()) : NEVER);
  }

  private long scheduled(long now) {
    if (rules.wallClockMillis() <= 0) {
      return NEVER;
    }
    ZonedDateTime time = Instant.ofEpochMilli(now).atZone(rules.zone());
    long midnight = time.toLocalDate().atStartOfDay(rules.zone()).toInstant().toEpochMilli();
    long passed = (now - midnight) / rules.wallClockMillis();
    return later(midnight + passed * rules.wallClockMillis(), rules.wallClockMillis());
  }

  /** An interval of three hundred million years means never, and not some time long past. */
  static long later(long time, long by) {
    return time > NEVER - by ? NEVER : time + by;
  }
}
