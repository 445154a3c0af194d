package io.crescendo.refresh;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * How the job stands, as its documents in the results bucket say.
 *
 * @param readAt when they were read
 * @param lastRun the latest run; null before the first
 * @param lastSuccess the latest one that succeeded; null if none of the latest 100 did
 * @param schedule what the program that wrote last has planned; null if none plans any
 * @param lease the lease that a run holds now; null if it is free
 * @param newestRecord when the newest record of table artists came in, as far as the last check saw
 * @param ageSeconds how long ago that was
 */
record JobStatus(
    Instant readAt,
    RunRecord lastRun,
    RunRecord lastSuccess,
    NextRun.Word schedule,
    Lease.Document lease,
    Instant newestRecord,
    Double ageSeconds) {

  static JobStatus read(S3Client s3, RefreshSettings settings, Clock clock) {
    ResultsBucket results = new ResultsBucket(s3, settings.resultsBucket());
    RunHistory history = new RunHistory(results, clock);
    List<RunRecord> latest = history.latest(1);
    RunRecord last = latest.isEmpty() ? null : latest.get(0);
    RunRecord success =
        last != null && last.outcome() == Outcome.SUCCEEDED
            ? last
            : history.lastSuccess().orElse(null);
    Instant now = clock.instant();
    Instant newest = newest(last).or(() -> newest(success)).orElse(null);
    return new JobStatus(
        now,
        last,
        success,
        results.read(NextRun.KEY, NextRun.Word.class).orElse(null),
        new Lease(results, settings.owner(), clock).holder().orElse(null),
        newest,
        newest == null ? null : Duration.between(newest, now).toMillis() / 1e3);
  }

  private static Optional<Instant> newest(RunRecord run) {
    return Optional.ofNullable(run).map(RunRecord::freshness).map(RunRecord.Freshness::newest);
  }
}
