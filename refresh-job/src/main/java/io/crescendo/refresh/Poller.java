package io.crescendo.refresh;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Looks at something again and again until it is done or the deadline passes. The SDK has no
 * waiters for Glue, Athena and QuickSight; this one serves all three.
 *
 * <p>Pauses grow by half each time up to a limit, and each is shortened by a random part of up to a
 * half, so that programs that started together do not stay together. No pause goes past the
 * deadline.
 *
 * <p>Thread-safe.
 */
final class Poller {

  private static final double GROWTH = 1.5;

  private final Duration first;
  private final Duration longest;
  private final DoubleSupplier random;
  private final Pause pause;

  /** How time is spent between two looks. */
  interface Pause {
    void take(Duration time) throws InterruptedException;
  }

  /** A poller that sleeps, from {@code first} to {@code longest} between two looks. */
  Poller(Duration first, Duration longest) {
    this(
        first,
        longest,
        () -> ThreadLocalRandom.current().nextDouble(),
        time -> Thread.sleep(time.toMillis()));
  }

  /** A poller with its own dice, which give 0 up to 1, and its own way to pause. */
  Poller(Duration first, Duration longest, DoubleSupplier random, Pause pause) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.pause = pause;
  }

  /**
   * Looks until done.
   *
   * @param work says of what was seen last how the sentence "… not finished" begins, such as
   *     "Crawler 'lake' (RUNNING) had"
   * @return what was seen last, which is done
   * @throws DeadlineException if the deadline passes first
   */
  <T> T until(Deadline deadline, Supplier<T> look, Predicate<T> done, Function<T, String> work) {
    Duration next = first;
    T seen = null;
    while (true) {
      seen = look(look, seen, deadline, work);
      if (done.test(seen)) {
        return seen;
      }
      deadline.check(work.apply(seen));
      pause(jittered(next), deadline, work.apply(seen));
      deadline.check(work.apply(seen));
      next = shorter(Duration.ofNanos((long) (next.toNanos() * GROWTH)), longest);
    }
  }

  /**
   * Pauses before work is tried again.
   *
   * @param failures how often it has failed, from 1; each pause is longer than the one before
   */
  void pauseAfter(int failures, Deadline deadline, String work) {
    double growth = Math.min(Math.pow(GROWTH, failures - 1), longest.toNanos());
    pause(
        jittered(shorter(Duration.ofNanos((long) (first.toNanos() * growth)), longest)),
        deadline,
        work);
    deadline.check(work);
  }

  /** A look that the deadline cuts off is told by what was seen before it. */
  private static <T> T look(
      Supplier<T> look, T before, Deadline deadline, Function<T, String> work) {
    try {
      return look.get();
    } catch (ApiCallTimeoutException e) {
      throw before == null ? e : deadline.passed(work.apply(before), e);
    }
  }

  private Duration jittered(Duration time) {
    return Duration.ofNanos((long) (time.toNanos() * (1 - random.getAsDouble() / 2)));
  }

  private void pause(Duration time, Deadline deadline, String work) {
    try {
      pause.take(shorter(time, deadline.remaining()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefreshException(
          work + " not finished when this program was told to stop; the run stops here", e);
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
