package io.crescendo.connect.s3;

import java.time.Clock;
import java.time.Duration;

/**
 * How long a put may wait for the store: one allowance for everything that its partitions wait for.
 *
 * <p>Within it, uploads that are slower than consumption hold the task up, and nobody needs to
 * know. A put that gives up instead is an error in Connect's log, so it does only when the worker
 * would otherwise wait too long for its thread: Connect takes a task whose put lasts for
 * max.poll.interval.ms, five minutes unless set, for dead.
 */
final class Patience {

  /** What a put has in all. */
  static final Duration WHOLE = Duration.ofSeconds(30);

  private final Clock clock;
  private long end;

  Patience(Clock clock) {
    this.clock = clock;
  }

  /** A put begins. */
  void begin() {
    end = clock.millis() + WHOLE.toMillis();
  }

  /** What is left of it; zero once it is used up. */
  Duration left() {
    long left = end - clock.millis();
    // A clock that is set back gives no more.
    return Duration.ofMillis(Math.max(0, Math.min(left, WHOLE.toMillis())));
  }
}
