package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FooterCrawlerTest implements CrawlerContract {

  private static final String ROW =
      "SELECT 'a' AS id, CAST(1 AS bigint) AS followers, ['pop'] AS genres";

  @TempDir private Path directory;
  private TestStore store;
  private FooterCrawler crawler;

  @BeforeEach
  void start() {
    store = new TestStore(directory);
    crawler = another();
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private FooterCrawler another() {
    return new FooterCrawler(store.client(), store.settings(), Clock.systemUTC());
  }

  private static Attempt attempt() {
    return new Attempt("run-1", Deadline.in(Duration.ofMinutes(1), Clock.systemUTC()));
  }

  private void land(String key, String select) throws Exception {
    store.upload(key, ParquetFile.write(directory.resolve("file.parquet"), select));
  }

  @Override
  public Crawler crawler() {
    return crawler;
  }

  @Override
  public void givenArtists() throws Exception {
    land("tables/artists/dt=2026-11-21/artists+0+0000000000.zstd.parquet", ROW + " FROM range(3)");
    land("tables/artists/dt=2026-11-22/artists+0+0000000003.zstd.parquet", ROW + " FROM range(2)");
  }

  @Override
  public String givenFailure() {
    store.upload("tables/artists/dt=2026-11-22/broken.parquet", "this is not Parquet");
    return "tables/artists/dt=2026-11-22/broken.parquet";
  }

  @Test
  void listsTheFilesWithTheirPartition() throws Exception {
    givenArtists();

    Catalog.Table artists = crawler.crawl(attempt()).table("artists").orElseThrow();

    assertThat(artists.location()).isEqualTo("s3://warehouse/tables/artists/");
    assertThat(artists.files())
        .extracting(Catalog.DataFile::partition, Catalog.DataFile::rows)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Map.of("dt", "2026-11-21"), 3L),
            org.assertj.core.groups.Tuple.tuple(Map.of("dt", "2026-11-22"), 2L));
  }

  @Test
  void readsAFooterOnlyOnceEvenInAnotherProgram() throws Exception {
    givenArtists();
    crawler.crawl(attempt());
    assertThat(store.reads()).isEqualTo(2);

    crawler.crawl(attempt());
    Catalog again = another().crawl(attempt());

    assertThat(store.reads()).isEqualTo(2);
    assertThat(again.table("artists").orElseThrow().rows()).isEqualTo(5);
  }

  @Test
  void readsAnObjectAgainThatWasReplacedUnderItsKey() throws Exception {
    givenArtists();
    crawler.crawl(attempt());
    land("tables/artists/dt=2026-11-22/artists+0+0000000003.zstd.parquet", ROW + " FROM range(7)");

    assertThat(crawler.crawl(attempt()).table("artists").orElseThrow().rows()).isEqualTo(10);
    assertThat(store.reads()).isEqualTo(3);
  }

  @Test
  void forgetsObjectsThatAreGone() throws Exception {
    givenArtists();
    crawler.crawl(attempt());
    store
        .client()
        .deleteObject(
            b ->
                b.bucket("warehouse")
                    .key("tables/artists/dt=2026-11-22/artists+0+0000000003.zstd.parquet"));

    assertThat(crawler.crawl(attempt()).table("artists").orElseThrow().rows()).isEqualTo(3);
  }

  @Test
  void readsAFooterThatIsLongerThanItsFirstRequest() throws Exception {
    StringBuilder wide = new StringBuilder("SELECT 0 AS c0");
    for (int i = 1; i < 1500; i++) {
      wide.append(", ").append(i).append(" AS c").append(i);
    }
    land("tables/wide/file.parquet", wide.toString());

    Catalog.Table table = crawler.crawl(attempt()).table("wide").orElseThrow();

    assertThat(table.columns()).hasSize(1500);
    assertThat(table.partitionedBy()).isEmpty();
    assertThat(store.reads()).isEqualTo(2);
  }

  @Test
  void mergesColumnsThatFilesAddedOrWidened() throws Exception {
    land("tables/t/a.parquet", "SELECT CAST(1 AS integer) AS n");
    land("tables/t/b.parquet", "SELECT CAST(1 AS bigint) AS n, 'x' AS s");

    assertThat(crawler.crawl(attempt()).table("t").orElseThrow().columns())
        .containsExactly(new Column("n", "bigint"), new Column("s", "varchar"));
  }

  @Test
  void mergesFieldsThatFilesAddedOrWidened() throws Exception {
    land("tables/t/a.parquet", "SELECT {'n': 1, 'at': TIMESTAMP_MS '2026-11-22 10:00:00'} AS r");
    land("tables/t/b.parquet", "SELECT {'n': CAST(2 AS bigint), 's': 'x'} AS r");

    Catalog catalog = crawler.crawl(attempt());

    assertThat(catalog.table("t").orElseThrow().columns())
        .containsExactly(new Column("r", "row(n bigint, at timestamp(3), s varchar)"));
    try (DuckDbQueryEngine engine =
        new DuckDbQueryEngine(store.client(), store.settings(), false, Clock.systemUTC())) {
      Query query = Query.typed("SELECT r.n, r.s FROM t ORDER BY r.n", 0);
      assertThat(engine.query(catalog, query, attempt()).rows())
          .containsExactly(java.util.Arrays.asList(1L, null), java.util.List.of(2L, "x"));
    }
  }

  @Test
  void takesNamesThatDifferInCaseForOneColumn() throws Exception {
    land("tables/t/a.parquet", "SELECT 1 AS \"Name\"");
    land("tables/t/b.parquet", "SELECT CAST(1 AS bigint) AS name");

    assertThat(crawler.crawl(attempt()).table("t").orElseThrow().columns())
        .containsExactly(new Column("Name", "bigint"));
  }

  @Test
  void refusesAColumnWhoseTypesNothingHolds() throws Exception {
    land("tables/t/a.parquet", "SELECT 1 AS n");
    land("tables/t/b.parquet", "SELECT 'x' AS n");

    assertThatThrownBy(() -> crawler.crawl(attempt()))
        .hasMessage(
            "Table 't': column 'n' is integer in 'tables/t/a.parquet' and varchar in"
                + " 'tables/t/b.parquet'; no catalog was written");
  }

  @Test
  void refusesATableThatIsPartitionedInTwoWays() throws Exception {
    land("tables/t/dt=2026-11-22/a.parquet", "SELECT 1 AS n");
    land("tables/t/hour=10/b.parquet", "SELECT 1 AS n");

    assertThatThrownBy(() -> crawler.crawl(attempt()))
        .hasMessageContaining("partitioned by [dt]")
        .hasMessageContaining("[hour]");
  }

  @Test
  void leavesTheCatalogInTheResultsBucket() throws Exception {
    givenArtists();
    Catalog catalog = crawler.crawl(attempt());

    String stored =
        new ResultsBucket(store.client(), "results").get("catalog/catalog.json").orElseThrow();

    assertThat(Json.read(stored, Catalog.class)).isEqualTo(catalog);
  }

  @ParameterizedTest
  @ValueSource(strings = {"artists-latest", "Artist.Genres", "growth_period"})
  void refusesAFolderThatIsNamedLikeAView(String folder) throws Exception {
    land("tables/%s/dt=2026-11-21/a.parquet".formatted(folder), ROW);

    assertThatThrownBy(() -> crawler.crawl(attempt()))
        .isInstanceOf(RefreshException.class)
        .hasMessageMatching(
            "Folder '%s' of s3://warehouse would be table '\\w+', which is a view; rename it; no catalog was written"
                .formatted(folder));
  }
}
