package io.crescendo.refresh;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what one run does while it does it. */
final class RunLog {

  private static final Logger LOG = LoggerFactory.getLogger(RefreshJob.class);

  private final String owner;
  private final Clock clock;
  private final Instant start;
  private final String run;
  private final List<RunRecord.StepTime> steps = new ArrayList<>();
  private int attempts;
  private List<RunRecord.TableRows> tables = List.of();
  private RunRecord.Freshness freshness;
  private List<RunRecord.Check> checks = List.of();
  private List<RunRecord.Dropped> dropped = List.of();

  RunLog(String owner, Clock clock) {
    this.owner = owner;
    this.clock = clock;
    this.start = clock.instant();
    this.run = RunHistory.newId(start);
  }

  String run() {
    return run;
  }

  /** Does a step and notes how long it took, also if it fails. */
  <T> T time(String step, Supplier<T> work) {
    long from = System.nanoTime();
    attempts = 1;
    try {
      return work.get();
    } finally {
      steps.add(new RunRecord.StepTime(step, (System.nanoTime() - from) / 1e9, attempts));
    }
  }

  /** Notes that the step that is going on failed and is tried again. */
  void triesAgain(String step, RuntimeException failure) {
    attempts++;
    LOG.warn("Step '{}' failed: {}; trying it again", step, Reason.of(failure));
  }

  void tables(List<RunRecord.TableRows> found) {
    tables = found;
  }

  List<RunRecord.TableRows> tables() {
    return tables;
  }

  void checked(RunRecord.Freshness found, List<RunRecord.Check> verdicts) {
    freshness = found;
    checks = verdicts;
  }

  void dropped(List<RunRecord.Dropped> rows) {
    dropped = rows;
  }

  String lastStep() {
    return steps.get(steps.size() - 1).name();
  }

  RunRecord end() {
    RunRecord record = record(Outcome.SUCCEEDED, null);
    LOG.info("Run {} succeeded in {} s", run, Math.round(record.seconds() * 100) / 100.0);
    return record;
  }

  RunRecord end(Outcome outcome, String step, String reason) {
    // the record says so too, and whoever asked for the run shows it; once is enough on a terminal
    LOG.info("Run {} ended in step '{}': {}", run, step, reason);
    return record(outcome, new RunRecord.Failure(step, reason));
  }

  private RunRecord record(Outcome outcome, RunRecord.Failure failure) {
    return new RunRecord(
        run,
        owner,
        start,
        clock.instant(),
        outcome,
        outcome.exitCode(),
        steps,
        tables,
        freshness,
        checks,
        dropped,
        failure);
  }

  static String reason(Throwable e) {
    return Reason.of(e);
  }
}
