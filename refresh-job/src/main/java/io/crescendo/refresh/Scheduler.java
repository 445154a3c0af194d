package io.crescendo.refresh;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** Starts a run at each time of a schedule, one after another, and leaves word of the next one. */
final class Scheduler {

  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
  // a machine that is suspended stops the time of a pause, but not the clock
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Schedule schedule;
  private final NextRun word;
  private final ResultsBucket results;
  private final RunHistory history;
  private final Clock clock;
  private final Poller.Pause pause;
  private final Consumer<Instant> told;

  /**
   * A scheduler.
   *
   * @param word where it says when the next run starts; stays open
   * @param results where runs of before are
   * @param told told of each start to come
   */
  Scheduler(
      Schedule schedule,
      NextRun word,
      ResultsBucket results,
      Clock clock,
      Poller.Pause pause,
      Consumer<Instant> told) {
    this.schedule = schedule;
    this.word = word;
    this.results = results;
    this.history = new RunHistory(results, clock);
    this.clock = clock;
    this.pause = pause;
    this.told = told;
  }

  /**
   * Runs until the calendar ends or {@code run} says that it was the last one.
   *
   * @param run starts a run; false to stop
   */
  void keep(Supplier<Boolean> run) throws InterruptedException {
    Instant last = begin();
    Optional<Schedule.Planned> next = schedule.next(last, clock.instant());
    while (next.isPresent()) {
      word.at(next.get().start());
      told.accept(next.get().start());
      waitFor(next.get().start());
      if (!run.get()) {
        return;
      }
      next = schedule.next(next.get().at(), clock.instant());
    }
  }

  private void waitFor(Instant start) throws InterruptedException {
    while (clock.instant().isBefore(start)) {
      Duration wait = Duration.between(clock.instant(), start);
      pause.take(wait.compareTo(LONGEST_PAUSE) < 0 ? wait : LONGEST_PAUSE);
    }
  }

  /** What was missed while no program ran counts from the last run that anyone made. */
  private Instant begin() {
    Instant now = clock.instant();
    if (schedule.missed() == Schedule.Missed.skip) {
      return now;
    }
    try {
      return history.latest(1).stream()
          .findFirst()
          .map(RunRecord::startedAt)
          // a machine whose clock was ahead made it
          .filter(now::isAfter)
          .orElse(now);
    } catch (SdkException e) {
      LOG.warn(
          "The last run could not be read from {}: {}; runs that were missed before now are left"
              + " out",
          results,
          Reason.of(e));
      return now;
    }
  }
}
