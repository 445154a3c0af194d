package io.crescendo.refresh;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The refresh job: crawl, then a look at how fresh and complete the data are, then every query,
 * then the dashboard. A run stops at its first failure and always leaves a record.
 *
 * <p>Thread-safe: a run that starts while another one is going on, here or on another machine, ends
 * at once with {@link Outcome#LEASE_HELD}.
 */
public final class RefreshJob implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RefreshJob.class);

  /**
   * What the lease outlives the deadline by: clocks that differ, the record, the lease's return.
   */
  static final Duration SPARE = Duration.ofMinutes(1);

  private final RefreshSettings settings;
  private final ResultsBucket bucket;
  private final Services services;
  private final List<Query> queries;
  private final RunPlan plan;
  private final Poller poller;
  private final Clock clock;
  private final Lease lease;
  private final RunHistory history;
  private final ReentrantLock running = new ReentrantLock();
  private volatile Map<String, QueryResult> results = Map.of();
  private volatile Lease.Claim held;

  /**
   * Where a run gets its work done.
   *
   * @param crawler finds the tables
   * @param engine answers the queries
   * @param dashboard shows the answers
   */
  public record Services(Crawler crawler, QueryEngine engine, Dashboard dashboard) {

    /** Services that need nothing but the store: footers, DuckDB, JSON documents. */
    public static Services local(S3Client s3, RefreshSettings settings) {
      Clock clock = Clock.systemUTC();
      return new Services(
          new FooterCrawler(s3, settings, clock),
          new DuckDbQueryEngine(s3, settings, true, clock),
          new JsonDashboard(s3, settings, clock));
    }
  }

  /** A job with local services and the bundled queries. The client stays open. */
  public RefreshJob(S3Client s3, RefreshSettings settings) {
    this(
        s3,
        settings,
        Services.local(s3, settings),
        Queries.bundled(),
        RunPlan.ALL,
        Clock.systemUTC());
  }

  /**
   * A job.
   *
   * @param s3 client of the store that holds the results bucket; stays open
   * @param services closed with this job
   * @param queries what to ask, in order
   * @param plan what each run does
   * @param clock what the lease and the deadline go by
   */
  public RefreshJob(
      S3Client s3,
      RefreshSettings settings,
      Services services,
      List<Query> queries,
      RunPlan plan,
      Clock clock) {
    this(
        s3,
        settings,
        services,
        queries,
        plan,
        new Poller(Duration.ofSeconds(1), Duration.ofSeconds(30)),
        clock);
  }

  RefreshJob(
      S3Client s3,
      RefreshSettings settings,
      Services services,
      List<Query> queries,
      RunPlan plan,
      Poller poller,
      Clock clock) {
    this.bucket = new ResultsBucket(s3, settings.resultsBucket());
    this.settings = settings;
    this.services = services;
    this.queries = List.copyOf(queries);
    this.plan = plan;
    this.poller = poller;
    this.clock = clock;
    this.lease = new Lease(bucket, settings.owner(), clock);
    this.history = new RunHistory(bucket, clock);
  }

  /** Runs once and gives the record, whatever happened. */
  public RunRecord run() {
    RunLog log = new RunLog(settings.owner(), clock);
    if (!running.tryLock()) {
      return log.end(Outcome.LEASE_HELD, "lease", "Another run of this program is going on");
    }
    try {
      return underLease(log);
    } finally {
      running.unlock();
    }
  }

  private RunRecord underLease(RunLog log) {
    Deadline deadline = Deadline.in(settings.deadline(), clock);
    Lease.Claim claim;
    try {
      claim =
          log.time(
              "lease",
              () -> lease.claim(log.run(), settings.deadline().plus(SPARE), c -> held = c));
    } catch (RuntimeException e) {
      held = null;
      RunRecord failed =
          log.end(
              Outcome.CRAWL_FAILED,
              "lease",
              "The lease in s3://%s could not be read or written: %s; nothing was done"
                  .formatted(settings.resultsBucket(), Reason.of(e)));
      // without credentials the record cannot be written either, for the same reason
      return Reason.lacksCredentials(e) ? failed : record(failed);
    }
    if (!claim.mine()) {
      held = null;
      return log.end(Outcome.LEASE_HELD, "lease", held(claim.holder()));
    }
    try {
      return record(steps(log, deadline));
    } finally {
      giveBack();
    }
  }

  private static String held(Lease.Document holder) {
    return holder == null
        ? "Another run took the lease at the same moment; nothing was done"
        : "Run '%s' of '%s' holds the lease, until %s at the latest; nothing was done"
            .formatted(holder.run(), holder.owner(), holder.expiresAt());
  }

  private RunRecord steps(RunLog log, Deadline deadline) {
    RunSteps steps =
        new RunSteps(services, queries, plan, history.within(deadline), poller, log, deadline);
    RunRecord record;
    try {
      record = steps.carryOut();
    } catch (Error e) {
      // this program may be past all help, and the record the only word of it
      record(steps.failed(e));
      throw e;
    }
    if (record.outcome() == Outcome.SUCCEEDED && plan.has(Step.query)) {
      results = steps.results();
    }
    return record;
  }

  private RunRecord record(RunRecord record) {
    try {
      history
          .within(
              new Deadline(clock.instant().plus(Lease.ENDING), Lease.ENDING, "the record", clock))
          .write(record);
      return record;
    } catch (SdkException | RefreshException e) {
      String reason =
          "The record of the run could not be written to s3://%s: %s; the history lacks it"
              .formatted(settings.resultsBucket(), Reason.of(e));
      LOG.error("Run {}: {}", record.run(), reason);
      return record.outcome() == Outcome.SUCCEEDED
          ? record.failedWith(Outcome.DASHBOARD_FAILED, "record", reason)
          : record;
    }
  }

  /**
   * Gives back the lease of a run that is going on, for a program that ends before the run does, so
   * that nobody has to wait until it expires. Does nothing where there is none.
   */
  void giveBack() {
    Lease.Claim claim = held;
    held = null;
    if (claim == null) {
      return;
    }
    try {
      lease.release(claim);
    } catch (SdkException | RefreshException e) {
      LOG.warn(
          "The lease could not be given back: {}; other programs wait until {}",
          Reason.of(e),
          claim.holder().expiresAt());
    }
  }

  /** Rows of every query of the last run that succeeded in this program, by query name. */
  public Map<String, QueryResult> results() {
    return results;
  }

  /**
   * Word of runs to come, for a program that starts them again and again.
   *
   * @param schedule when they start, for people
   */
  public NextRun nextRun(String schedule) {
    return new NextRun(bucket, schedule, settings.owner(), clock);
  }

  /** Records of this and other programs' runs. */
  public RunHistory history() {
    return history;
  }

  @Override
  public void close() {
    try (Crawler crawler = services.crawler();
        QueryEngine engine = services.engine();
        Dashboard dashboard = services.dashboard()) {
      LOG.debug("Closing {}, {} and {}", crawler, engine, dashboard);
    }
  }
}
