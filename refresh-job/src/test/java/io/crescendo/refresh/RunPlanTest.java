package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPlanTest {

  private static final Set<Step> EVERY = EnumSet.allOf(Step.class);

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private final TestServices services = new TestServices(clock);
  private final List<Duration> pauses = new ArrayList<>();
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

  private RunRecord run(RunPlan plan) {
    Poller poller =
        new Poller(
            Duration.ofSeconds(8),
            Duration.ofSeconds(10),
            () -> 0.5,
            time -> {
              pauses.add(time);
              clock.advance(time);
            });
    return new RefreshJob(
            store.client(),
            store.settings(),
            services.all(),
            List.of(query("first"), query("second")),
            plan,
            poller,
            clock)
        .run();
  }

  private RunRecord run(Thresholds thresholds) {
    clock.advance(Duration.ofMinutes(1));
    return run(new RunPlan(EVERY, Map.of(), Map.of(), thresholds));
  }

  private static RunPlan only(Step... steps) {
    return new RunPlan(Set.of(steps), Map.of(), Map.of(), Thresholds.NONE);
  }

  @Test
  void doesTheStepsThatItNames() {
    run(only(Step.crawl));
    run(only(Step.query));
    run(only(Step.crawl, Step.dashboard));

    assertThat(services.done)
        .containsExactly("crawl", "last", "query first", "query second", "crawl", "dashboard of 0");
  }

  @Test
  void comparesRowsWithThoseThatACheckCountedOnly() {
    services.artists = 3;
    assertThat(run(only(Step.crawl)).tables().get(0).rows()).isEqualTo(7);

    RunRecord run = run(new Thresholds(null, null, 0.1));

    assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(run.tables().get(0).rowsBefore()).isNull();
  }

  @Test
  void readsTheLastCatalogWhereItDoesNotCrawl() {
    assertThat(run(only(Step.check)).steps())
        .extracting(RunRecord.StepTime::name)
        .containsExactly("lease", "catalog", "check");
  }

  @Test
  void triesAStepAgainWithLongerAndLongerPauses() {
    services.failing = "crawl";
    services.failures = 3;

    RunRecord run = run(new RunPlan(EVERY, Map.of(Step.crawl, 3), Map.of(), Thresholds.NONE));

    assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(run.steps().get(1).attempts()).isEqualTo(4);
    assertThat(run.steps().get(2).attempts()).isEqualTo(1);
    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(6), Duration.ofMillis(7500), Duration.ofMillis(7500));
    assertThat(services.attempts.subList(0, 4))
        .extracting(Attempt::name)
        .containsExactly(run.run(), run.run() + "-2", run.run() + "-3", run.run() + "-4");
  }

  @Test
  void triesOneQueryAgainAndNotThoseBeforeIt() {
    services.failing = "query second";
    services.failures = 1;

    run(new RunPlan(Set.of(Step.query), Map.of(Step.query, 1), Map.of(), Thresholds.NONE));

    assertThat(services.done)
        .containsExactly("last", "query first", "query second", "query second");
  }

  @Test
  void failsOnceTheTriesAreUsedUp() {
    services.failing = "query first";

    RunRecord run = run(new RunPlan(EVERY, Map.of(Step.query, 2), Map.of(), Thresholds.NONE));

    assertThat(run.outcome()).isEqualTo(Outcome.QUERY_FAILED);
    assertThat(run.steps().get(3)).extracting(RunRecord.StepTime::attempts).isEqualTo(3);
  }

  @Test
  void endsAStepAtItsOwnDeadlineWithAllItsTries() {
    services.failing = "crawl";

    RunRecord run =
        run(
            new RunPlan(
                EVERY,
                Map.of(Step.crawl, 100),
                Map.of(Step.crawl, Duration.ofSeconds(20)),
                Thresholds.NONE));

    assertThat(run.outcome()).isEqualTo(Outcome.DEADLINE_EXCEEDED);
    assertThat(run.failure().reason())
        .isEqualTo(
            "Step 'crawl', which failed (because), had not finished after PT20S, the time step"
                + " 'crawl' may take; the run stops here");
    assertThat(clock.instant()).isEqualTo(new TestClock().instant().plusSeconds(20));
  }

  @Test
  void letsNoStepOutliveTheRun() {
    services.during = () -> clock.advance(Duration.ofMinutes(11));

    RunRecord run =
        run(new RunPlan(EVERY, Map.of(), Map.of(Step.crawl, Duration.ofHours(1)), Thresholds.NONE));

    assertThat(run.failure().reason()).contains("PT10M, the time a run may take");
  }

  @Test
  void reportsFreshnessAndRowsOfTheRunBefore() {
    run(Thresholds.NONE);
    services.artists = 9;

    RunRecord run = run(Thresholds.NONE);

    assertThat(run.freshness())
        .isEqualTo(new RunRecord.Freshness(services.newest, 210.0, 4, 1, 0.25));
    assertThat(run.tables())
        .contains(new RunRecord.TableRows("artists", 0, 9, 70, 7L, services.newest));
    assertThat(run.checks()).isEmpty();
  }

  @Test
  void failsWhenTheNewestRecordIsTooOld() {
    Thresholds limits = new Thresholds(Duration.ofMinutes(3), null, null);
    assertThat(run(limits).outcome()).isEqualTo(Outcome.SUCCEEDED);
    services.done.clear();

    RunRecord late = run(limits);

    assertThat(late.outcome()).isEqualTo(Outcome.CHECKS_FAILED);
    assertThat(late.exitCode()).isEqualTo(7);
    assertThat(late.failure().step()).isEqualTo("check");
    assertThat(late.failure().reason())
        .isEqualTo(
            "The newest record of table 'artists' came in 210 s ago (2026-11-22T09:58:30Z); 180 s"
                + " are allowed; no query was run, and the dashboard shows the run before");
    assertThat(services.done).containsExactly("crawl", "query landed");
    assertThat(late.checks()).extracting(RunRecord.Check::passed).containsExactly(false);
  }

  @Test
  void findsNoDataTooOld() {
    services.newest = null;

    assertThat(run(new Thresholds(Duration.ofDays(1), null, null)).failure().reason())
        .contains("Table 'artists' has no records");
  }

  @Test
  void failsWhenTooManyRecordsWereRejected() {
    assertThat(run(new Thresholds(null, 0.25, null)).exitCode()).isZero();

    assertThat(run(new Thresholds(null, 0.2, null)).failure().reason())
        .contains(
            "1 of the 4 records of the last 24 hours were rejected, a share of 0.25; 0.2 is"
                + " allowed");
  }

  @Test
  void acceptsThatNothingCameInWhereOnlyRejectsAreLimited() {
    services.recent = 0;
    services.rejects = 0;

    assertThat(run(new Thresholds(null, 0.0, null)).exitCode()).isZero();
  }

  @Test
  void failsUntilTheRowsOfATableAreBack() {
    Thresholds limits = new Thresholds(null, null, 0.5);
    services.artists = 100;
    assertThat(run(limits).exitCode()).isZero();
    services.artists = 50;
    assertThat(run(limits).exitCode()).isZero();
    services.artists = 24;

    assertThat(run(limits).failure().reason())
        .contains("Table 'artists' has 24 rows after 50, a drop of 0.52; 0.5 is allowed");
    assertThat(run(limits).exitCode()).as("compared with the last that succeeded").isEqualTo(7);
    services.artists = 25;
    assertThat(run(limits).exitCode()).isZero();
  }

  @Test
  void tellsEveryThresholdThatIsBroken() {
    services.newest = services.newest.minus(Duration.ofDays(3));

    RunRecord run = run(new Thresholds(Duration.ofDays(1), 0.1, 0.0));

    assertThat(run.failure().reason()).contains("came in 259350 s ago").contains("were rejected");
    assertThat(run.checks())
        .extracting(RunRecord.Check::name)
        .containsExactly("max_age", "max_reject_share", "max_row_drop");
  }

  @Test
  void namesEveryProblemAtOnce() {
    assertThatThrownBy(
            () ->
                new RunPlan(
                    Set.of(Step.crawl),
                    Map.of(Step.crawl, -1),
                    Map.of(Step.query, Duration.ZERO),
                    new Thresholds(Duration.ZERO, 1.5, -0.1)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("6 problems:")
        .hasMessageContaining("steps must contain check where there are thresholds, got [crawl]")
        .hasMessageContaining("max age must be longer than nothing, got PT0S")
        .hasMessageContaining("max reject share must be a share from 0 to 1, got 1.5")
        .hasMessageContaining("max row drop must be a share from 0 to 1, got -0.1")
        .hasMessageContaining("retries of step crawl must be 0 to 100, got -1")
        .hasMessageContaining("deadline of step query must be longer than nothing, got PT0S");
    assertThatThrownBy(() -> only())
        .hasMessage("steps must name at least one of [crawl, check, query, dashboard]");
  }
}
