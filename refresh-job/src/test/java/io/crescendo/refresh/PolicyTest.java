package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

class PolicyTest {

  private static final Catalog EMPTY = new Catalog(Instant.EPOCH, List.of());
  @TempDir private Path directory;
  private ScriptedAws aws;

  @BeforeEach
  void start() {
    aws = new ScriptedAws();
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private Attempt attempt() {
    return new Attempt("run-1", Deadline.in(Duration.ofMinutes(5), aws.clock));
  }

  /** Every request that the three services of AWS can be sent. */
  private void useEverything() {
    RefreshSettings settings = RefreshSettings.defaults(Path.of("work"));
    Poller poller = ScriptedAws.poller();
    try (GlueCrawler crawler =
            new GlueCrawler(
                aws.clients().glue(), aws.settings(), settings, poller, Clock.systemUTC());
        AthenaQueryEngine engine =
            new AthenaQueryEngine(aws.clients().athena(), aws.settings(), poller);
        QuickSightDashboard dashboard =
            new QuickSightDashboard(aws.clients().quickSight(), aws.settings("a"), poller)) {
      crawler.crawl(attempt());
      aws.glue.crawler.put("Configuration", "{}");
      crawler.crawl(attempt());
      engine.query(EMPTY, Query.typed("SELECT 1", 0), attempt());
      aws.dayPassesAfter("athena:GetQueryExecution");
      assertThatThrownBy(
              () -> engine.query(EMPTY, Query.typed(QueryEngineContract.ENDLESS, 0), attempt()))
          .isInstanceOf(DeadlineException.class);
      aws.quickSight.outcome = "RUNNING";
      aws.dayPassesAfter("quicksight:DescribeIngestion");
      assertThatThrownBy(() -> dashboard.refresh(attempt(), EMPTY, List.of()))
          .isInstanceOf(DeadlineException.class);
    }
  }

  /** Runs with local services and with those on AWS, over objects that are compacted between. */
  private S3Calls refresh(TestStore store) throws Exception {
    S3Calls calls = new S3Calls();
    MeddledStore s3 = new MeddledStore(store.client(), calls::note);
    new TestWarehouse(5, 40).land(store, directory);
    compact(store.client(), store);
    for (int i = 0; i < 3; i++) {
      try (RefreshJob job = new RefreshJob(s3, store.settings())) {
        assertThat(job.run().failure()).isNull();
      }
    }
    aws.glue.landed = List.of(ScriptedGlue.table("artists", "artists"));
    aws.glue.partition("artists", "artists", "2026-11-20");
    late(store, 3);
    late(store, 4);
    compact(store.client(), store);
    // the scripted Athena does not have the rows that a check counts
    RunPlan plan =
        new RunPlan(
            EnumSet.of(Step.crawl, Step.query, Step.dashboard),
            Map.of(),
            Map.of(),
            Thresholds.NONE);
    RefreshJob.Services services =
        AwsServices.ofRun(aws.settings(), s3, store.settings(), Clock.systemUTC());
    try (RefreshJob job =
        new RefreshJob(s3, store.settings(), services, List.of(), plan, Clock.systemUTC())) {
      assertThat(job.run().failure()).isNull();
    }
    return calls;
  }

  private void late(TestStore store, int number) throws Exception {
    store.upload(
        "tables/artists/dt=2026-11-20/artists+0+%010d.zstd.parquet".formatted(number),
        ParquetFile.write(directory.resolve("late.parquet"), "SELECT 'late' AS id"));
  }

  private static void compact(S3Client s3, TestStore store) {
    Attempt attempt = new Attempt("run-1", Deadline.in(Duration.ofMinutes(5), Clock.systemUTC()));
    new Compactor(s3, store.settings(), 1 << 20, Clock.systemUTC())
        .compact(LocalDate.of(2026, 12, 1), attempt, line -> {});
  }

  @Test
  void allowsExactlyTheCallsThatAreMade() throws Exception {
    useEverything();
    Policy policy = Policy.read("refresh-job");
    try (TestStore store = new TestStore(directory)) {
      S3Calls s3 = refresh(store);
      policy.allowsExactly(s3.made());
      Set<String> actions = new TreeSet<>(aws.actions());
      s3.made().forEach(call -> actions.add(call.action()));

      assertThat(actions).isEqualTo(policy.calls());
    }
  }

  @Test
  void allowsCompactionExactlyTheCallsThatItMakes() throws Exception {
    S3Calls calls = new S3Calls();
    try (TestStore store = new TestStore(directory)) {
      MeddledStore s3 = new MeddledStore(store.client(), calls::note);
      new TestWarehouse(5, 40).land(store, directory);
      for (int i = 7; i < 9; i++) {
        compact(s3, store);
        late(store, i);
      }
      store.upload("tables-compacted/artists/dt=2026-11-20/0000000001-dead/0.parquet", "left");
      compact(s3, store);
      try (RefreshJob job = new RefreshJob(store.client(), store.settings())) {
        assertThat(job.run().failure()).isNull();
      }
      compact(s3, store);
      aws.glue.database = true;
      aws.glue.tables = List.of(ScriptedGlue.table("artists", "artists"));
      aws.glue.partition("artists", "artists", "2026-11-20");
      assertThat(AwsServices.point(aws.settings(), s3, store.settings(), attempt())).isEqualTo(1);
    }
    Policy policy = Policy.read("compact");
    policy.allowsExactly(calls.made());
    Set<String> actions = new TreeSet<>(aws.actions());
    calls.made().forEach(call -> actions.add(call.action()));

    assertThat(actions).isEqualTo(policy.calls());
  }

  @Test
  void allowsThePageExactlyTheCallsThatItMakes() throws Exception {
    S3Calls calls = new S3Calls();
    try (TestStore store = new TestStore(directory)) {
      MeddledStore s3 = new MeddledStore(store.client(), calls::note);
      new TestWarehouse(5, 40).land(store, directory);
      compact(store.client(), store);
      late(store, 3);
      String run;
      try (RefreshJob job = new RefreshJob(store.client(), store.settings())) {
        run = job.run().run();
      }
      RefreshSettings settings =
          RefreshSettings.defaults(directory.resolve("page")).withOwner("page");
      try (DashboardServer page =
          DashboardServer.start(s3, settings, DashboardServer.DEFAULT_HOST, 0)) {
        for (String path :
            List.of(
                "api/status",
                "metrics",
                "api/runs/%s/totals".formatted(run),
                "api/runs/%s/search_artists?q=a".formatted(run))) {
          assertThat(status(page.address().resolve(path))).as(path).isEqualTo(200);
        }
      }
      JobStatus.read(s3, settings, Clock.systemUTC());
    }
    Policy policy = Policy.read("page");
    policy.allowsExactly(calls.made());

    assertThat(calls.made().stream().map(Policy.Call::action).distinct())
        .containsExactlyInAnyOrderElementsOf(policy.all());
  }

  private static int status(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
