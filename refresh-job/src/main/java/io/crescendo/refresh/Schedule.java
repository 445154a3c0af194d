package io.crescendo.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When runs start: the times of a cron expression, each put off by a random part of the jitter, so
 * that programs with the same expression do not start together.
 *
 * @param cron the times
 * @param jitter longest time by which a start is put off
 * @param missed what becomes of times that passed while no run could start
 * @param random from 0 up to 1
 */
record Schedule(Cron cron, Duration jitter, Missed missed, DoubleSupplier random) {

  /** What becomes of times that passed during a run, or while the program was down. */
  enum Missed {
    /** They are left out. */
    skip,
    /** One run makes up for all of them, at once. */
    once
  }

  /**
   * A run to come.
   *
   * @param at time that the schedule names, or now for one that makes up for others
   * @param start when it starts
   */
  record Planned(Instant at, Instant start) {}

  /**
   * The next run.
   *
   * @param last time of the last one, or of the start of the program
   * @return nothing where the calendar ends
   */
  Optional<Planned> next(Instant last, Instant now) {
    Optional<Instant> after = cron.after(last);
    if (after.isPresent() && !after.get().isAfter(now)) {
      if (missed == Missed.once) {
        return Optional.of(new Planned(now, now));
      }
      after = cron.after(now);
    }
    return after.map(at -> new Planned(at, at.plus(delay(at))));
  }

  /** Never as long as to the time after, which would be missed then. */
  private Duration delay(Instant at) {
    Duration gap = cron.after(at).map(next -> Duration.between(at, next)).orElse(jitter);
    long most = Math.min(jitter.toMillis(), gap.toMillis() - 1);
    return Duration.ofMillis((long) (most * random.getAsDouble()));
  }
}
