package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;

class JsonDashboardTest implements DashboardContract {

  @TempDir private Path directory;
  private TestStore store;
  private ResultsBucket results;
  private String bucket = "results";

  @BeforeEach
  void start() {
    store = new TestStore(directory);
    results = new ResultsBucket(store.client(), "results");
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Override
  public Dashboard dashboard() {
    return dashboard(store.client());
  }

  private Dashboard dashboard(S3Client s3) {
    return new JsonDashboard(
        s3, store.settings().withBuckets("warehouse", bucket), Clock.systemUTC());
  }

  @Override
  public Optional<String> shownRun() {
    return JsonDashboard.shown(results);
  }

  @Override
  public String givenFailure() {
    bucket = "no-such-bucket";
    return "no-such-bucket";
  }

  private void refresh(String run) {
    refresh(run, dashboard());
  }

  private static void refresh(String run, Dashboard dashboard) {
    QueryResult result =
        new QueryResult(
            List.of(new Column("name", "varchar"), new Column("at", "timestamp(3)")),
            List.of(List.of("<b>A</b>", Instant.parse("2026-11-22T10:00:00Z"))),
            true);
    Query query = new Query("names", "Names", "All names", Query.Chart.TABLE, "SELECT name, at", 0);
    dashboard.refresh(
        new Attempt(run, Deadline.in(Duration.ofMinutes(1), Clock.systemUTC())),
        new Catalog(Instant.EPOCH, List.of()),
        List.of(new Dashboard.Answer(query, result)));
  }

  @Test
  void writesEachQueryWithItsSqlColumnsAndRows() {
    refresh("run-1");

    assertThat(results.get(JsonDashboard.key("run-1", "names")).orElseThrow())
        .isEqualTo(
            "{\"run\":\"run-1\",\"name\":\"names\",\"title\":\"Names\",\"description\":\"All names\","
                + "\"chart\":\"TABLE\",\"sql\":\"SELECT name, at\",\"columns\":[{\"name\":\"name\","
                + "\"type\":\"varchar\"},{\"name\":\"at\",\"type\":\"timestamp(3)\"}],"
                + "\"rows\":[[\"<b>A</b>\",\"2026-11-22T10:00:00Z\"]]}");
  }

  @Test
  void keepsTheRunBeforeForThoseWhoAreReadingItAndRemovesOlderOnes() {
    refresh("run-1");
    refresh("run-2");
    refresh("run-3");

    assertThat(results.keys("dashboard/runs/", ""))
        .containsExactly(JsonDashboard.key("run-2", "names"), JsonDashboard.key("run-3", "names"));
  }

  @Test
  void leavesTheDashboardToANewerRunWhereItComesTooLate() {
    refresh("run-1");
    refresh("run-3");

    assertThatThrownBy(() -> refresh("run-2"))
        .isInstanceOf(RefreshException.class)
        .hasMessage(
            "Run 'run-3' is newer, and the dashboard shows it already; it goes on doing so");

    assertThat(shownRun()).contains("run-3");
    assertThat(results.keys("dashboard/runs/", ""))
        .contains(JsonDashboard.key("run-1", "names"), JsonDashboard.key("run-3", "names"));
    refresh("run-4");
    refresh("run-5");
    assertThat(results.keys("dashboard/", "")).hasSize(4).noneMatch(k -> k.contains("run-2"));
  }

  @Test
  void takesThePlaceOfARunWhoseClockWasAhead() {
    Instant now = Instant.now();
    String ahead = RunHistory.newId(now.plus(Duration.ofDays(3)));
    String allowed = RunHistory.newId(now.plus(Duration.ofSeconds(30)));
    refresh(ahead);
    assertThat(shownRun()).contains(ahead);
    String run = RunHistory.newId(now);

    refresh(run);

    assertThat(shownRun()).contains(run);
    refresh(allowed);
    assertThatThrownBy(() -> refresh(RunHistory.newId(now.plusSeconds(1))))
        .hasMessageStartingWith("Run '%s' is newer".formatted(allowed));
  }

  @Test
  void showsARunAfterWhichOlderOnesCannotBeRemoved() {
    refresh("run-1");
    refresh("run-2");
    S3Client refusing =
        new MeddledStore(
            store.client(),
            request -> {
              if (request instanceof DeleteObjectsRequest) {
                throw SdkClientException.create("no");
              }
            });

    refresh("run-3", dashboard(refusing));

    assertThat(shownRun()).contains("run-3");
    refresh("run-4");
    assertThat(results.keys("dashboard/", "")).hasSize(4).noneMatch(k -> k.contains("run-2"));
  }

  @Test
  void notesTheTablesOfARunThatListsItsFiles() {
    refresh("run-1");
    assertThat(results.get(JsonDashboard.catalogKey("run-1"))).isEmpty();
    assertThat(index().explorable()).isFalse();

    Catalog.DataFile file = new Catalog.DataFile("tables/t/a.parquet", "\"e\"", 1, 1, Map.of());
    Catalog catalog =
        new Catalog(
            Instant.EPOCH,
            List.of(
                new Catalog.Table(
                    "t", "s3://w/tables/t/", List.of(), List.of(), List.of(file), 1, 1)));
    dashboard()
        .refresh(
            new Attempt("run-2", Deadline.in(Duration.ofMinutes(1), Clock.systemUTC())),
            catalog,
            List.of());

    assertThat(index().explorable()).isTrue();
    assertThat(
            Json.read(results.get(JsonDashboard.catalogKey("run-2")).orElseThrow(), Catalog.class))
        .isEqualTo(catalog);
  }

  private JsonDashboard.Index index() {
    String run = JsonDashboard.shown(results).orElseThrow();
    return results.read(JsonDashboard.indexKey(run), JsonDashboard.Index.class).orElseThrow();
  }
}
