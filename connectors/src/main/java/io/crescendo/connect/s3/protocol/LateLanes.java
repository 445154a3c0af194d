package io.crescendo.connect.s3.protocol;

import java.util.HashSet;
import java.util.Set;

/**
 * Which files of one topic partition hold late records only, and how long they may stay open: for
 * several batches, so that a few late records make no file of their own each time.
 *
 * <p>A file is late if it was begun by a record of an earlier period than the newest so far, and
 * has taken none of the newest since. Periods that have not begun by the clock do not count, or one
 * record from the year 2099 would make all that follow late.
 *
 * <p>Any choice of files is safe under the protocol, so it may go by the clock. Not thread-safe.
 */
public final class LateLanes {

  private final long delayMillis;
  private final Set<Lane> lanes = new HashSet<>();
  private long newest = Long.MIN_VALUE;

  /** When the last record came. */
  private long last = Long.MAX_VALUE;

  /** The longest time without one, halved by each rotation since; 0 while that says nothing. */
  private long gap;

  /** The clock's time when the first of the late files was begun. */
  private long since;

  /** Whether files wait that a batch has left open; others land when their first batch ends. */
  private boolean waiting;

  /** When those land if no record comes until then. */
  private long idleUntil;

  /**
   * No late files.
   *
   * @param delayMillis how long a late file may stay open
   */
  public LateLanes(long delayMillis) {
    this.delayMillis = delayMillis;
  }

  /**
   * A record goes to a lane.
   *
   * @param period begin of the time that its directory stands for, in milliseconds since the epoch
   * @param begins whether it is the first of its file
   * @param now the clock's time, in milliseconds since the epoch
   */
  public void took(Lane lane, long period, boolean begins, long now) {
    gap = Math.max(gap, now - last);
    last = now;
    if (newest > now) {
      // A clock that was ahead let a period count that has not begun.
      newest = Long.MIN_VALUE;
    }
    if (period >= newest) {
      newest = period <= now ? period : newest;
      lanes.remove(lane);
    } else if (begins) {
      since = lanes.isEmpty() ? now : since;
      lanes.add(lane);
    }
  }

  /**
   * The lanes of late files that may stay open when a batch ends: all, while another batch that
   * takes as long would end in time for them.
   *
   * @param batchMillis time that the batch took
   * @param now the clock's time, in milliseconds since the epoch
   */
  public Set<Lane> mayStay(long batchMillis, long now) {
    return now < since || now - since > delayMillis - batchMillis
        ? new HashSet<>()
        : new HashSet<>(lanes);
  }

  /**
   * Whether records have stopped coming, so that late files are as complete as they will be: for
   * twice the longest pause so far.
   */
  public boolean stopped(long now) {
    return gap > 0 && now - last > 2 * gap;
  }

  /**
   * A batch ended.
   *
   * @param stayed lanes of late files that it left open
   * @param byClock whether the clock ended it; what else does may do so amid a burst of records,
   *     whose rest says nothing of the pauses between bursts
   * @param next when the clock would end another one that began now, or {@link Rotation#NEVER}
   */
  public void stayed(Set<Lane> stayed, boolean byClock, long next) {
    lanes.retainAll(stayed);
    gap = byClock ? gap / 2 : gap;
    waiting = !stayed.isEmpty();
    idleUntil = next;
  }

  /** No file is open any more. */
  public void clear() {
    lanes.clear();
    waiting = false;
  }

  /** Other records follow than those that came so far, such as the topic's first ones again. */
  public void forget() {
    newest = Long.MIN_VALUE;
    clear();
  }

  /**
   * Whether files that wait must land now. A clock that was set back makes them.
   *
   * @param idle whether no record has come since the last batch ended
   */
  public boolean due(boolean idle, long now) {
    return waiting && (now < since || now >= deadline(idle));
  }

  /** When files that wait must land, in milliseconds since the epoch, or {@link Rotation#NEVER}. */
  public long deadline(boolean idle) {
    if (!waiting) {
      return Rotation.NEVER;
    }
    long latest = Rotation.later(since, delayMillis);
    return idle ? Math.min(latest, idleUntil) : latest;
  }
}
