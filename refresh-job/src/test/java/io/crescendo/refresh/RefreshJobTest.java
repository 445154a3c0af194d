package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshJobTest {

  private static final List<Query> QUERIES =
      List.of(query("first"), query("second"), query("third"));

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private final TestServices steps = new TestServices(clock);
  private TestStore store;

  @BeforeEach
  void start() {
    store = new TestStore(directory);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private static Query query(String name) {
    return new Query(name, name, name, Query.Chart.TABLE, "SELECT 1", 0);
  }

  private RefreshJob job(RefreshSettings settings) {
    return new RefreshJob(store.client(), settings, steps.all(), QUERIES, RunPlan.ALL, clock);
  }

  private RunRecord run() {
    return job(store.settings()).run();
  }

  private List<RunRecord> history() {
    return new RunHistory(new ResultsBucket(store.client(), "results"), clock).latest(10);
  }

  @Test
  void crawlsThenAsksEveryQueryThenRefreshesTheDashboard() {
    RunRecord run = run();

    assertThat(steps.done)
        .containsExactly(
            "crawl",
            "query landed",
            "query first",
            "query second",
            "query third",
            "dashboard of 4");
    assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(run.exitCode()).isZero();
    assertThat(run.failure()).isNull();
  }

  @Test
  void leavesARecordOfStepsAndTables() {
    RunRecord run = run();

    assertThat(history()).containsExactly(run);
    assertThat(run.steps())
        .extracting(RunRecord.StepTime::name)
        .containsExactly(
            "lease", "crawl", "check", "query first", "query second", "query third", "dashboard");
    assertThat(run.steps()).allMatch(step -> step.seconds() >= 0);
    assertThat(run.tables())
        .containsExactlyInAnyOrder(
            new RunRecord.TableRows("artists", 0, 7, 70, null, steps.newest),
            new RunRecord.TableRows("artist_rejects", 0, 1, 0, null, steps.newest),
            new RunRecord.TableRows("genre_followers", 0, 0, 0, null, null));
    assertThat(run.dropped()).containsExactly(new RunRecord.Dropped("artists", 10, 2));
    assertThat(run.owner()).isEqualTo("test");
  }

  @Test
  void stopsWhenTheCrawlFails() {
    steps.failing = "crawl";

    assertFailed(run(), Outcome.CRAWL_FAILED, 3, "crawl");
    assertThat(steps.done).containsExactly("crawl");
  }

  @Test
  void stopsAtTheFirstQueryThatFails() {
    steps.failing = "query second";

    assertFailed(run(), Outcome.QUERY_FAILED, 4, "query second");
    assertThat(steps.done).containsExactly("crawl", "query landed", "query first", "query second");
  }

  @Test
  void saysWhenTheDashboardFails() {
    steps.failing = "dashboard of 4";

    assertFailed(run(), Outcome.DASHBOARD_FAILED, 5, "dashboard");
  }

  @Test
  void recordsAFailureThatHasNoMessage() {
    steps.failing = "crawl";
    steps.failure = new IllegalStateException();

    assertThat(run().failure().reason()).isEqualTo("java.lang.IllegalStateException");
  }

  private void assertFailed(RunRecord run, Outcome outcome, int exitCode, String step) {
    assertThat(run.outcome()).isEqualTo(outcome);
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.failure()).isEqualTo(new RunRecord.Failure(step, "because"));
    assertThat(history()).containsExactly(run);
  }

  @Test
  void stopsAtTheDeadline() {
    steps.during = () -> clock.advance(Duration.ofMinutes(11));

    RunRecord run = run();

    assertThat(run.outcome()).isEqualTo(Outcome.DEADLINE_EXCEEDED);
    assertThat(run.exitCode()).isEqualTo(6);
    assertThat(run.failure().reason())
        .contains("The crawl had not finished after PT10M, the time a run may take");
    assertThat(steps.done).containsExactly("crawl");
  }

  @Test
  void doesNothingWhileAnotherProgramHoldsTheLease() {
    List<RunRecord> inner = new ArrayList<>();
    steps.during =
        () -> {
          if (inner.isEmpty()) {
            inner.add(job(store.settings().withOwner("other")).run());
          }
        };

    RunRecord outer = run();

    assertThat(inner.get(0).outcome()).isEqualTo(Outcome.LEASE_HELD);
    assertThat(inner.get(0).exitCode()).isEqualTo(75);
    assertThat(inner.get(0).failure().reason())
        .startsWith("Run '%s' of 'test' holds the lease, until ".formatted(outer.run()));
    assertThat(steps.done).hasSize(6);
    assertThat(history()).containsExactly(outer);
  }

  @Test
  void givesTheLeaseBackAlsoAfterAFailure() {
    steps.failing = "crawl";
    run();
    steps.failing = "";

    assertThat(job(store.settings().withOwner("other")).run().outcome())
        .isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void failsBeforeTheCrawlWhenTheResultsBucketIsMissing() {
    RunRecord run = job(store.settings().withBuckets("warehouse", "no-such-bucket")).run();

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.failure().step()).isEqualTo("lease");
    assertThat(run.failure().reason()).contains("s3://no-such-bucket").contains("nothing was done");
    assertThat(steps.done).isEmpty();
  }

  @Test
  void closesItsServices() {
    job(store.settings()).close();

    assertThat(steps.done).containsExactly("close", "close", "close");
  }

  @Test
  void showsTheNewestRunsFirst() {
    List<RunRecord> runs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runs.add(0, run());
      clock.advance(Duration.ofDays(2));
    }

    RunHistory history = new RunHistory(new ResultsBucket(store.client(), "results"), clock);

    assertThat(history.latest(2)).containsExactlyElementsOf(runs.subList(0, 2));
    assertThat(history.latest(10)).containsExactlyElementsOf(runs);
  }

  @Test
  void namesRunsSoThatTheySortByStart() {
    String first = RunHistory.newId(Instant.parse("2026-11-22T10:00:00.009Z"));
    String second = RunHistory.newId(Instant.parse("2026-11-22T10:00:00.010Z"));

    assertThat(first).isLessThan(second).matches("20261122T100000009Z-[0-9a-f]{6}");
  }

  @Test
  void runsOnARealWarehouse() throws Exception {
    TestWarehouse warehouse = new TestWarehouse(3, 60);
    warehouse.land(store, directory);

    try (RefreshJob job = new RefreshJob(store.client(), store.settings())) {
      RunRecord run = job.run();

      assertThat(run.failure()).isNull();
      assertThat(job.results().get("totals").value(0, "artists"))
          .isEqualTo((long) warehouse.latest().size());
      assertThat(run.tables())
          .filteredOn(t -> t.name().equals("artists"))
          .extracting(RunRecord.TableRows::rows)
          .containsExactly((long) warehouse.rows.size());
    }
  }

  @Test
  void runsOnAnEmptyWarehouse() {
    try (RefreshJob job = new RefreshJob(store.client(), store.settings())) {
      assertThat(job.run().failure()).isNull();
      assertThat(job.results().get("totals").value(0, "artists")).isEqualTo(0L);
      assertThat(job.results().get("follower_distribution").rows()).hasSize(8);
    }
  }
}
