package io.crescendo.refresh;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a run did, as kept in the results bucket under {@code runs/<run>.json}.
 *
 * @param run id: start in UTC and a random part, so that ids sort by start
 * @param owner program that ran it
 * @param startedAt when it started
 * @param finishedAt when it ended
 * @param outcome how it ended
 * @param exitCode exit code of that outcome
 * @param steps what was done, in order; the last one is the one that failed, if one did
 * @param tables tables of the warehouse at the time
 * @param freshness how recent the data were; null if they were not looked at
 * @param checks a verdict for each threshold
 * @param dropped rows that the dashboard refused
 * @param failure why it failed; null if it succeeded
 */
public record RunRecord(
    String run,
    String owner,
    Instant startedAt,
    Instant finishedAt,
    Outcome outcome,
    int exitCode,
    List<StepTime> steps,
    List<TableRows> tables,
    Freshness freshness,
    List<Check> checks,
    List<Dropped> dropped,
    Failure failure) {

  /** Makes the lists unmodifiable; a list that a record of an earlier version lacks is empty. */
  public RunRecord {
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(startedAt, "started_at");
    Objects.requireNonNull(finishedAt, "finished_at");
    steps = List.copyOf(steps);
    tables = List.copyOf(tables);
    checks = checks == null ? List.of() : List.copyOf(checks);
    dropped = dropped == null ? List.of() : List.copyOf(dropped);
  }

  /**
   * A step that was done or tried.
   *
   * @param name {@code lease}, {@code crawl}, {@code check}, {@code query <name>}, {@code
   *     dashboard}
   * @param seconds how long it took, with all tries
   * @param attempts how often it was tried
   */
  public record StepTime(String name, double seconds, int attempts) {

    /** Takes a record of an earlier version for one try. */
    public StepTime {
      attempts = Math.max(1, attempts);
    }
  }

  /**
   * Size of a table.
   *
   * @param name name in SQL
   * @param files its objects; 0 where the catalog's service does not list them
   * @param rows their rows
   * @param bytes their size
   * @param rowsBefore rows in the last run with step check that succeeded; null if unknown
   * @param newest when its newest record came in; null if it has none or was not looked at
   */
  public record TableRows(
      String name, int files, long rows, long bytes, Long rowsBefore, Instant newest) {

    static TableRows of(Catalog.Table table) {
      return new TableRows(
          table.name(), table.files().size(), table.rows(), table.bytes(), null, null);
    }
  }

  /**
   * How recent the data are, and how many records were refused lately.
   *
   * @param newest when the newest record of table artists came in; null if there is none
   * @param ageSeconds how long before the check that was; null if there is none
   * @param recentRecords records of the 24 hours before the check, accepted and rejected
   * @param recentRejects the rejected ones among them
   * @param rejectShare their ratio; null if there were no records
   */
  public record Freshness(
      Instant newest,
      Double ageSeconds,
      long recentRecords,
      long recentRejects,
      Double rejectShare) {}

  /**
   * Whether the data kept within a threshold.
   *
   * @param name {@code max_age}, {@code max_reject_share}, {@code max_row_drop}
   * @param limit the threshold: seconds, or a share
   * @param value what was found; null where there is nothing to compare
   * @param passed whether the run may go on
   * @param message the same in a sentence
   */
  public record Check(String name, double limit, Double value, boolean passed, String message) {}

  /**
   * Rows that a data set of the dashboard did not take.
   *
   * @param dataSet its id
   * @param rowsIngested rows that it took
   * @param rowsDropped rows whose values did not fit
   */
  public record Dropped(String dataSet, long rowsIngested, long rowsDropped) {}

  /**
   * Why a run failed.
   *
   * @param step step that failed
   * @param reason what happened and what was not done because of it
   */
  public record Failure(String step, String reason) {}

  RunRecord failedWith(Outcome other, String step, String reason) {
    return new RunRecord(
        run,
        owner,
        startedAt,
        finishedAt,
        other,
        other.exitCode(),
        steps,
        tables,
        freshness,
        checks,
        dropped,
        new Failure(step, reason));
  }

  /** Time from start to end in seconds. */
  public double seconds() {
    return java.time.Duration.between(startedAt, finishedAt).toNanos() / 1e9;
  }

  /** Rows of all tables. */
  public long rows() {
    return tables.stream().mapToLong(TableRows::rows).sum();
  }
}
