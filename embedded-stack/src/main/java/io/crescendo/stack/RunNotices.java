package io.crescendo.stack;

import io.crescendo.refresh.Outcome;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of scheduled runs that failed: once, until one succeeds. */
final class RunNotices {

  private static final Logger LOG = LoggerFactory.getLogger(RunNotices.class);

  private final BooleanSupplier closed;
  private final Consumer<String> problem;
  private boolean told;

  /**
   * @param closed whether the warehouse is closed, so that a run fails for want of it
   * @param problem hears, in one sentence, why the page still shows an earlier run
   */
  RunNotices(BooleanSupplier closed, Consumer<String> problem) {
    this.closed = closed;
    this.problem = problem;
  }

  /**
   * Takes note of how a run ended.
   *
   * @param failure step and reason, where it did not succeed
   */
  void ended(Outcome outcome, String failure) {
    if (outcome == Outcome.SUCCEEDED) {
      told = false;
      return;
    }
    if (outcome == Outcome.LEASE_HELD) {
      LOG.info("Another run holds the lease, and refreshes the page in place of this one");
      return;
    }
    failed(failure, null);
  }

  /**
   * Does a run. One that throws is told like one that fails: a timer would drop it for good, and
   * say nothing.
   */
  void during(Runnable run) {
    try {
      run.run();
    } catch (Throwable e) {
      failed("The refresh broke off: " + e, e);
    }
  }

  private void failed(String failure, Throwable cause) {
    if (closed.getAsBoolean()) {
      return;
    }
    String sentence = "%s; the page still shows the run before".formatted(failure);
    LOG.error("{}", sentence, cause);
    if (!told) {
      told = true;
      problem.accept(sentence);
    }
  }
}
