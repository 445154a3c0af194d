package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuckDbQueryEngineTest implements QueryEngineContract {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path directory;
  private TestStore store;
  private FooterCrawler crawler;
  private DuckDbQueryEngine engine;

  @BeforeEach
  void start() {
    store = new TestStore(directory);
    crawler = new FooterCrawler(store.client(), store.settings(), Clock.systemUTC());
    engine = engine(true);
  }

  @AfterEach
  void stop() {
    engine.close();
    store.close();
  }

  private DuckDbQueryEngine engine(boolean keepViews) {
    return new DuckDbQueryEngine(store.client(), store.settings(), keepViews, Clock.systemUTC());
  }

  @Override
  public QueryEngine engine() {
    return engine;
  }

  @Override
  public String endless() {
    return "SELECT count(*) FROM range(1000000000) AS a(x), range(1000000) AS b(y) WHERE x + y = 7";
  }

  private void land(String key, String select) throws Exception {
    store.upload(key, ParquetFile.write(directory.resolve("file.parquet"), select));
  }

  private QueryResult ask(DuckDbQueryEngine asked, String sql) {
    Attempt attempt = new Attempt("run-1", Deadline.in(MINUTE, Clock.systemUTC()));
    return asked.query(crawler.crawl(attempt), Query.typed(sql, 0), attempt);
  }

  private QueryResult ask(String sql) {
    return ask(engine, sql);
  }

  @Test
  void readsPartitionColumnsAsText() throws Exception {
    land("tables/artists/dt=2026-11-21/a.parquet", "SELECT 'a' AS id");
    land("tables/artists/dt=2026-11-22/b.parquet", "SELECT 'b' AS id");

    QueryResult result = ask("SELECT id, dt FROM artists WHERE dt >= '2026-11-22'");

    assertThat(result.columns()).contains(new Column("dt", "varchar"));
    assertThat(result.rows()).containsExactly(List.of("b", "2026-11-22"));
  }

  @Test
  void readsAPartitionColumnFromThePathWhereFilesHaveItToo() throws Exception {
    land(
        "tables/t/n=one/DT=2026-11-21/a.parquet", "SELECT 5 AS n, DATE '2020-01-01' AS dt, 7 AS x");

    QueryResult result = ask("SELECT * FROM t");

    assertThat(result.columns())
        .containsExactly(
            new Column("x", "integer"), new Column("n", "varchar"), new Column("DT", "varchar"));
    assertThat(result.rows()).containsExactly(List.of(7L, "one", "2026-11-21"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"my genre", "géneró", "a+b%", "say \"hi\"", "a'b"})
  void readsPartitionColumnsOfAnyName(String name) throws Exception {
    land("tables/t/%s=1/a.parquet".formatted(name), "SELECT 5 AS x");

    assertThat(ask("SELECT * FROM t WHERE %s = '1'".formatted(DuckDbView.identifier(name))))
        .isEqualTo(
            new QueryResult(
                List.of(new Column("x", "integer"), new Column(name, "varchar")),
                List.of(List.of(5L, "1")),
                true));
  }

  @Test
  void readsColumnsWhoseNamesDifferInCase() throws Exception {
    land("tables/t/a.parquet", "SELECT 1 AS \"Name\"");
    land("tables/t/b.parquet", "SELECT 2 AS name");
    land("tables/artists/dt=2026-11-21/a.parquet", "SELECT 'a' AS \"ID\"");

    QueryResult result = ask("SELECT * FROM t ORDER BY name");

    assertThat(result.columns()).containsExactly(new Column("Name", "integer"));
    assertThat(result.rows()).containsExactly(List.of(1L), List.of(2L));
    assertThat(ask("SELECT id FROM artists").rows()).containsExactly(List.of("a"));
  }

  @Test
  void readsColumnsThatNoFileHasYetAsNull() throws Exception {
    land("tables/artists/dt=2026-11-21/a.parquet", "SELECT 'a' AS id");

    QueryResult result = ask("SELECT followers, genres, observed_at FROM artists");

    assertThat(result.columns())
        .extracting(Column::type)
        .containsExactly("bigint", "array(varchar)", "timestamp(6)");
    assertThat(result.rows().get(0)).containsOnlyNulls();
  }

  @Test
  void readsColumnsThatAWriterHadNoValueFor() throws Exception {
    String artist =
        "SELECT '%s' AS id, %s AS genres, %s AS popularity, false AS late, false AS deleted,"
            + " TIMESTAMPTZ '2026-11-21 10:00:00+00' AS observed_at, CAST(1 AS bigint) AS"
            + " update_number";
    String sql = "SELECT genre, popularity FROM artist_genres";
    land("tables/artists/dt=2026-11-21/a.parquet", artist.formatted("a", "NULL", "NULL"));
    assertThat(ask(sql).rows()).isEmpty();
    assertThat(ask("SELECT popularity FROM artists").columns())
        .containsExactly(new Column("popularity", "integer"));

    land("tables/artists/dt=2026-11-21/b.parquet", artist.formatted("b", "['pop']", "7"));

    assertThat(ask(sql).rows()).containsExactly(List.of("pop", 7L));
  }

  @Test
  void readsTimestampsOfFilesInUtcWithoutAZone() throws Exception {
    land(
        "tables/artists/dt=2026-11-21/a.parquet",
        "SELECT 'a' AS id, TIMESTAMPTZ '2026-11-21 23:30:00+00' AS observed_at");

    QueryResult result = ask("SELECT observed_at, CAST(observed_at AS date) AS day FROM artists");

    assertThat(result.columns().get(0).type()).isEqualTo("timestamp(6)");
    assertThat(result.rows().get(0))
        .containsExactly(
            Instant.parse("2026-11-21T23:30:00Z"), java.time.LocalDate.of(2026, 11, 21));
  }

  @Test
  void fetchesAnObjectOnlyOnceEvenInAnotherProgram() throws Exception {
    land("tables/artists/dt=2026-11-21/a.parquet", "SELECT 'a' AS id");
    ask("SELECT id FROM artists");
    int before = store.reads();

    ask("SELECT count(*) AS n FROM artists");
    try (DuckDbQueryEngine other = engine(false)) {
      ask(other, "SELECT count(*) AS n FROM artists");
    }

    assertThat(store.reads()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void seesNewFilesInTablesAndViews(boolean keepViews) throws Exception {
    String artist =
        "SELECT '%s' AS id, 'n' AS name, ['pop'] AS genres, false AS late, false AS deleted,"
            + " TIMESTAMPTZ '2026-11-21 10:00:00+00' AS observed_at, CAST(1 AS bigint) AS"
            + " update_number";
    String sql = "SELECT count(*) AS n FROM artist_genres";
    try (DuckDbQueryEngine tried = engine(keepViews)) {
      land("tables/artists/dt=2026-11-21/a.parquet", artist.formatted("a"));
      assertThat(ask(tried, sql).value(0, "n")).isEqualTo(1L);
      land("tables/artists/dt=2026-11-21/b.parquet", artist.formatted("b"));
      assertThat(ask(tried, sql).value(0, "n")).isEqualTo(2L);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fetchesAgainWhatAnotherProgramHasRemoved(boolean keepViews) throws Exception {
    String small = "tables/artists/dt=2026-11-21/a.parquet";
    String sql = "SELECT id FROM artists";
    land(small, "SELECT 'a' AS id");
    Attempt attempt = new Attempt("run-1", Deadline.in(MINUTE, Clock.systemUTC()));
    Catalog before = crawler.crawl(attempt);
    store.client().deleteObject(b -> b.bucket("warehouse").key(small));
    land("tables/artists/dt=2026-11-21/compacted.parquet", "SELECT 'c' AS id");
    Catalog after = crawler.crawl(attempt);
    land(small, "SELECT 'a' AS id");
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
    try (DuckDbQueryEngine page = engine(keepViews);
        DuckDbQueryEngine run =
            new DuckDbQueryEngine(store.client(), store.settings(), false, later)) {
      page.query(before, Query.typed(sql, 0), attempt);
      int reads = store.reads();
      assertThat(run.query(after, Query.typed(sql, 0), attempt).value(0, "id")).isEqualTo("c");

      assertThat(page.query(before, Query.typed(sql, 0), attempt).value(0, "id")).isEqualTo("a");
      assertThat(store.reads()).isEqualTo(reads + 2);
    }
  }

  private void cutOff(Path copies) throws Exception {
    try (Stream<Path> files = Files.walk(copies)) {
      for (Path copy : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        Files.write(copy, Arrays.copyOf(Files.readAllBytes(copy), 20));
      }
    }
  }

  @Test
  void fetchesAgainWhatIsShorterThanItsObject() throws Exception {
    land("tables/artists/dt=2026-11-21/a.parquet", "SELECT 'a' AS id");
    String sql = "SELECT id FROM artists";
    ask(sql);
    Path copies = store.settings().workDirectory().resolve("objects");

    cutOff(copies);
    try (DuckDbQueryEngine other = engine(false)) {
      assertThat(ask(other, sql).value(0, "id")).isEqualTo("a");
      cutOff(copies);
      assertThat(ask(other, sql).value(0, "id")).isEqualTo("a");
    }
  }

  @Test
  void cancelsTheQueryThatRunsWhenItIsClosed() throws Exception {
    CompletableFuture<QueryResult> answer = new CompletableFuture<>();
    Thread asking =
        new Thread(
            () -> {
              try {
                answer.complete(ask(endless()));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    asking.start();
    while (Arrays.stream(asking.getStackTrace())
        .noneMatch(frame -> frame.getMethodName().equals("executeQuery"))) {
      Thread.onSpinWait();
    }

    engine.close();

    assertThatThrownBy(answer::join)
        .cause()
        .isExactlyInstanceOf(RefreshException.class)
        .hasMessage("Query 'typed' has no answer: DuckDB was closed");
    assertThatThrownBy(() -> ask("SELECT 1"))
        .hasMessage("Query 'typed' has no answer: DuckDB was closed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT $$'$$ AS a; COPY (SELECT 1) TO '%s'; SELECT ''",
        "SELECT $t$'$t$ AS a; COPY (SELECT 1) TO '%s'; SELECT ''",
        "SELECT 1 /* /* */ ' */; COPY (SELECT 1) TO '%s' --'"
      })
  void takesNoSecondStatementHoweverItIsQuoted(String sql) {
    Path copies = store.settings().workDirectory().toAbsolutePath().resolve("objects");
    Path file = copies.resolve("smuggled");

    assertThatThrownBy(() -> ask(sql.formatted(file))).isInstanceOf(QueryException.class);
    assertThat(file).doesNotExist();
  }

  @Test
  void escapesWhatAKeyBringsIntoAPath() throws Exception {
    land("tables/t/dt=..'%2F x/a.parquet", "SELECT 1 AS n");

    assertThat(ask("SELECT dt FROM t").rows()).containsExactly(List.of("..'%2F x"));
  }

  @Test
  void keepsSqlAwayFromOtherFiles() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret.csv"), "a,b\n1,2\n");

    assertThatThrownBy(() -> ask("SELECT * FROM read_csv('" + secret + "')"))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("disabled by configuration");
  }

  @Test
  void namesTheTablesThereAreWhenOneIsUnknown() {
    assertThatThrownBy(() -> ask("SELECT * FROM artist"))
        .hasMessageContaining("Table with name artist does not exist")
        .hasMessageEndingWith(
            "Tables and views are artist_genres, artist_rejects, artists, artists_latest,"
                + " genre_followers, growth_period.");
  }

  @Test
  void readsListsAndBytes() {
    QueryResult result = ask("SELECT ['a', NULL] AS words, CAST('x' AS blob) AS bytes");

    assertThat(result.value(0, "words")).isEqualTo(java.util.Arrays.asList("a", null));
    assertThat(result.value(0, "bytes")).isEqualTo(new byte[] {'x'});
    assertThat(result.columns())
        .extracting(Column::type)
        .containsExactly("array(varchar)", "varbinary");
  }
}
