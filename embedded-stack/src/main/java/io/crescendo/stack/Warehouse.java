package io.crescendo.stack;

import io.crescendo.refresh.DashboardServer;
import io.crescendo.refresh.NextRun;
import io.crescendo.refresh.Outcome;
import io.crescendo.refresh.QueryResult;
import io.crescendo.refresh.RefreshJob;
import io.crescendo.refresh.RefreshSettings;
import io.crescendo.refresh.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/** Refresh job and page of a pipeline on one machine. */
public final class Warehouse implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Warehouse.class);

  /**
   * The owner of the lease: a pipeline that is started again after a kill takes its own lease over.
   */
  private static final String OWNER = "crescendo-stack";

  private final Parts parts = new Parts();
  private final RefreshJob job;

  private Warehouse(EmbeddedStack stack, int pagePort) {
    RefreshSettings settings =
        RefreshSettings.defaults(stack.dir().resolve("work"))
            .withBuckets(EmbeddedStack.WAREHOUSE, EmbeddedStack.RESULTS)
            .withOwner(OWNER);
    try {
      S3Client s3 = parts.keep(stack.s3Client());
      job = parts.keep(new RefreshJob(s3, settings));
      parts.keep(DashboardServer.start(s3, settings, "127.0.0.1", pagePort));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Opens the warehouse of a stack and serves its page. */
  static Warehouse open(EmbeddedStack stack, int pagePort) {
    return new Warehouse(stack, pagePort);
  }

  /**
   * Crawls, queries and renews the page, once.
   *
   * @throws StackException if the run fails, with the step and the reason
   */
  public RunRecord refresh() {
    RunRecord record = job.run();
    if (record.outcome() != Outcome.SUCCEEDED) {
      throw new StackException(failure(record));
    }
    return record;
  }

  /** Rows of every query of the last refresh, by name of the query. */
  public Map<String, QueryResult> results() {
    return job.results();
  }

  /**
   * Refreshes again and again, first after one interval. A run that fails is told, and the next one
   * tries again.
   *
   * @param problem hears, in one sentence, why the page still shows an earlier run; once until a
   *     run succeeds
   */
  public void refreshEvery(Duration first, Duration interval, Consumer<String> problem) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "refresh");
              thread.setDaemon(true);
              return thread;
            });
    parts.keep(timer::shutdownNow);
    // closed first: a run that is interrupted leaves no word of the next
    NextRun next = parts.keep(job.nextRun("every %s s".formatted(interval.toSeconds())));
    next.at(Instant.now().plus(first));
    RunNotices notices = new RunNotices(parts::isClosed, problem);
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(
            () -> notices.during(() -> refreshAndTell(notices, next, interval)),
            first.toMillis(),
            interval.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    parts.close();
  }

  private void refreshAndTell(RunNotices notices, NextRun next, Duration interval) {
    try {
      RunRecord record = job.run();
      if (record.outcome() == Outcome.SUCCEEDED) {
        LOG.info("Run {} took {} s", record.run(), record.seconds());
      }
      notices.ended(record.outcome(), record.failure() == null ? null : failure(record));
    } finally {
      next.at(Instant.now().plus(interval));
    }
  }

  private static String failure(RunRecord record) {
    return "The refresh failed in step '%s': %s"
        .formatted(record.failure().step(), record.failure().reason());
  }
}
