package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemadeManifestTest {

  @TempDir private Path directory;
  private final Clock clock = Clock.systemUTC();
  private TestStore store;
  private ResultsBucket warehouse;

  @BeforeEach
  void start() {
    store = new TestStore(directory);
    warehouse = new ResultsBucket(store.client(), "warehouse");
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private void land(String id) throws Exception {
    store.upload(
        "tables/albums/dt=2026-11-21/%s.parquet".formatted(id),
        ParquetFile.write(directory.resolve("file.parquet"), "SELECT '%s' AS id".formatted(id)));
  }

  private void compact(String run) {
    new Compactor(store.client(), store.settings(), 1 << 20, clock)
        .compact(LocalDate.of(2026, 11, 22), attempt(run), line -> {});
  }

  private Attempt attempt(String run) {
    return new Attempt(run, Deadline.in(Duration.ofMinutes(5), clock));
  }

  private List<String> files(FooterCrawler crawler) {
    return crawler.crawl(attempt("look")).table("albums").orElseThrow().files().stream()
        .map(Catalog.DataFile::key)
        .toList();
  }

  @Test
  void readsAManifestThatWasMadeAnewUnderItsNumber() throws Exception {
    FooterCrawler crawler = new FooterCrawler(store.client(), store.settings(), clock);
    String folder = "tables-compacted/albums/dt=2026-11-21/0000000001-";
    land("a");
    land("b");
    compact("run-1");
    assertThat(files(crawler)).containsExactly(folder + "run-1/0.parquet");

    warehouse.delete(warehouse.keys("tables-compacted/", ""));
    land("c");
    compact("run-2");

    assertThat(files(crawler)).containsExactly(folder + "run-2/0.parquet");
  }
}
