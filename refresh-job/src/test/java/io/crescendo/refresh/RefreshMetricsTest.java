package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefreshMetricsTest {

  private final TestClock clock = new TestClock();
  private final RefreshMetrics metrics = new RefreshMetrics();

  @AfterEach
  void stop() {
    metrics.close();
  }

  private RunRecord run(boolean succeeds) {
    RunLog log = new RunLog("test", clock);
    log.time("crawl", () -> 1);
    log.time("query a", () -> 1);
    log.time("query b", () -> 1);
    log.tables(List.of(new RunRecord.TableRows("artists", 1, 42, 9, null, null)));
    log.checked(
        new RunRecord.Freshness(Instant.ofEpochSecond(1_700_000_000), 1.0, 10, 1, 0.1), List.of());
    clock.advance(Duration.ofSeconds(2));
    return succeeds ? log.end() : log.end(Outcome.QUERY_FAILED, "query b", "because");
  }

  @Test
  void tellsOfTheLastRunAndOfTheLastThatSucceeded() {
    RunRecord good = run(true);
    RunRecord bad = run(false);
    metrics.observe(List.of(bad, good));

    assertThat(metrics.scrape())
        .contains("crescendo_refresh_run_seconds_count{outcome=\"succeeded\"} 1")
        .contains("crescendo_refresh_run_seconds_sum{outcome=\"query_failed\"} 2.0")
        .contains("crescendo_refresh_step_seconds_count{step=\"query\"} 4")
        .contains("crescendo_refresh_table_rows{table=\"artists\"} 42.0")
        .contains("crescendo_refresh_last_exit_code 4.0")
        .contains("crescendo_refresh_newest_record_timestamp_seconds 1.7E9")
        .contains("crescendo_refresh_reject_share 0.1")
        .contains(
            "crescendo_refresh_last_run_timestamp_seconds " + bad.finishedAt().toEpochMilli() / 1e3)
        .contains(
            "crescendo_refresh_last_success_timestamp_seconds "
                + good.finishedAt().toEpochMilli() / 1e3);
  }

  @Test
  void givesTimesBeforeTheFirstRunThatAnAlertOnTheirAgeFiresFor() {
    assertThat(metrics.scrape())
        .contains("crescendo_refresh_last_run_timestamp_seconds 0.0")
        .contains("crescendo_refresh_last_success_timestamp_seconds 0.0")
        .contains("crescendo_refresh_newest_record_timestamp_seconds 0.0");
  }

  @Test
  void countsARunOnce() {
    RunRecord run = run(true);
    metrics.observe(List.of(run));
    metrics.observe(List.of(run));

    assertThat(metrics.scrape())
        .contains("crescendo_refresh_run_seconds_count{outcome=\"succeeded\"} 1\n");
  }

  private static HttpResponse<String> get(MetricsServer server, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void isServedAndNothingElseIs() throws Exception {
    metrics.observe(List.of(run(true)));
    try (MetricsServer server = new MetricsServer(metrics, "127.0.0.1", 0)) {
      HttpResponse<String> answer = get(server, "/metrics");

      assertThat(answer.headers().firstValue("Content-Type")).contains(MetricsServer.TYPE);
      assertThat(answer.body()).contains("crescendo_refresh_last_exit_code 0.0");
      assertThat(get(server, "/metricsx").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void isServedBesideThePage(@org.junit.jupiter.api.io.TempDir java.nio.file.Path directory)
      throws Exception {
    try (TestStore store = new TestStore(directory);
        RefreshJob job = new RefreshJob(store.client(), store.settings());
        DashboardServer page =
            DashboardServer.start(
                store.client(), store.settings(), DashboardServer.DEFAULT_HOST, 0)) {
      job.run();

      HttpRequest request = HttpRequest.newBuilder(page.address().resolve("/metrics")).build();
      assertThat(
              HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body())
          .contains("crescendo_refresh_run_seconds_count{outcome=\"succeeded\"} 1\n");
    }
  }

  @Test
  void namesThePortThatIsTaken() {
    try (MetricsServer server = new MetricsServer(metrics, "127.0.0.1", 0)) {
      assertThatThrownBy(() -> new MetricsServer(metrics, "127.0.0.1", server.port()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("127.0.0.1:" + server.port())
          .hasMessageContaining("choose another --metrics-port");
    }
  }
}
