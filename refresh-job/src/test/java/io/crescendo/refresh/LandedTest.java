package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandedTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123Z");

  @TempDir private Path directory;

  @Test
  void countsWhatLanded() throws Exception {
    try (TestStore store = new TestStore(directory)) {
      String rows =
          "SELECT 'a' AS id, TIMESTAMPTZ '%s' AS ingested_at, TIMESTAMPTZ '%s' AS rejected_at";
      List<String> times = List.of("2026-11-21T10:00:00Z", "2026-11-21T09:59:59Z");
      for (String table : List.of("artists", "artist-rejects")) {
        for (int i = 0; i < times.size(); i++) {
          store.upload(
              "tables/%s/dt=2026-11-21/%d.parquet".formatted(table, i),
              ParquetFile.write(
                  directory.resolve("file.parquet"), rows.formatted(times.get(i), times.get(i))));
        }
      }
      Clock clock = Clock.systemUTC();
      Attempt attempt = new Attempt("run-1", Deadline.in(Duration.ofMinutes(5), clock));
      RefreshJob.Services services = RefreshJob.Services.local(store.client(), store.settings());
      Catalog catalog = services.crawler().crawl(attempt);

      Landed landed = Landed.of(services.engine().query(catalog, Landed.query(NOW), attempt));

      Instant newest = Instant.parse("2026-11-21T10:00:00Z");
      assertThat(landed.figures())
          .containsEntry("artists", new Landed.Figures(2, 1, newest))
          .containsEntry("artist_rejects", new Landed.Figures(2, 1, newest))
          .containsEntry("genre_followers", new Landed.Figures(0, 0, null));
      assertThat(landed.freshness(NOW))
          .isEqualTo(new RunRecord.Freshness(newest, 86400.123, 2, 1, 0.5));
      services.engine().close();
    }
  }
}
