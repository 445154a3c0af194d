package io.crescendo.refresh;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The moment at which work gives up.
 *
 * @param at the moment
 * @param allowed how long the work may take from its start, for messages
 * @param whose what may take so long, for messages, such as {@code a run}
 * @param clock what the time is read from
 */
public record Deadline(Instant at, Duration allowed, String whose, Clock clock) {

  /** The deadline of a run, which passes when {@code allowed} is over, from now. */
  public static Deadline in(Duration allowed, Clock clock) {
    return new Deadline(clock.instant().plus(allowed), allowed, "a run", clock);
  }

  /**
   * The deadline of a part of this work that begins now: never later than this one.
   *
   * @param part what may take that long, for messages
   */
  Deadline of(String part, Duration time) {
    Instant end = clock.instant().plus(time);
    return end.isBefore(at) ? new Deadline(end, time, part, clock) : this;
  }

  /** Time left; zero once passed. */
  public Duration remaining() {
    Duration left = Duration.between(clock.instant(), at);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** The time allowed and what it is allowed for, as a part of a sentence. */
  String time() {
    return "%s, the time %s may take".formatted(allowed, whose);
  }

  /**
   * Throws when passed.
   *
   * @param work what is still going on, as the subject of a sentence
   * @throws DeadlineException if no time remains
   */
  public void check(String work) {
    if (remaining().isZero()) {
      throw passed(work, null);
    }
  }

  /** What {@link #check} throws, for work that something else cut off. */
  DeadlineException passed(String work, Throwable cause) {
    return new DeadlineException(
        "%s not finished after %s; the run stops here".formatted(work, time()), cause);
  }
}
