package io.crescendo.refresh;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A small warehouse with every awkward case: late observations, artists that are gone and came
 * back, genres that change, no genres, no popularity, quotes in names. Random, but the same each
 * time.
 */
final class TestWarehouse {

  static final Instant START = Instant.parse("2026-09-01T09:00:00Z");
  private static final List<String> GENRES =
      List.of(
          "pop",
          "rap",
          "children's music",
          "dance pop",
          "rock",
          "k-pop",
          "r&b",
          "trap",
          "jazz",
          "8d");

  /** A row of table artists, as far as the queries look at it. */
  record Row(
      String id,
      String name,
      List<String> genres,
      long followers,
      Integer popularity,
      Instant observedAt,
      long updateNumber,
      boolean late,
      boolean deleted) {}

  /** A row of table artist_rejects, likewise. */
  record Reject(String reason, String message, Instant rejectedAt) {}

  final List<Row> rows = new ArrayList<>();
  final List<Reject> rejects = new ArrayList<>();

  TestWarehouse(long seed, int artists) {
    Random random = new Random(seed);
    for (int i = 0; i < artists; i++) {
      history(random, "id%04d".formatted(i), i);
    }
    List<String> reasons = List.of("not_json", "missing_field", "out_of_range");
    for (int i = 0; i < 20; i++) {
      String reason = reasons.get(random.nextInt(reasons.size()));
      // several at the same moment
      Instant rejectedAt = START.plusSeconds(i / 8);
      rejects.add(new Reject(reason, "a.csv:%d: it's %s".formatted(i, reason), rejectedAt));
    }
  }

  private void history(Random random, String id, int number) {
    Instant at = START.plus(random.nextInt(3), ChronoUnit.DAYS);
    // distinct counts, so that no order is left to chance
    long followers = (long) Math.exp(random.nextGaussian() * 4 + 7) / 1000 * 1000 + number;
    List<String> genres = genres(random);
    Integer popularity = random.nextInt(8) == 0 ? null : random.nextInt(101);
    int updates = 1 + random.nextInt(5);
    for (int update = 1; update <= updates; update++) {
      boolean late = update > 1 && random.nextInt(6) == 0;
      boolean deleted = !late && update > 1 && random.nextInt(8) == 0;
      String name = "N'%s \"%d\", x".formatted(id, number);
      Instant observed = late ? at.minus(2, ChronoUnit.DAYS) : at;
      rows.add(new Row(id, name, genres, followers, popularity, observed, update, late, deleted));
      if (!late) {
        // some come twice at the same moment: then the update number decides
        at = random.nextInt(5) == 0 ? at : at.plus(1 + random.nextInt(20), ChronoUnit.DAYS);
        followers += random.nextInt(2000) * 1000L - (followers > 3_000_000 ? 1_000_000 : 0);
        genres = random.nextInt(4) == 0 ? genres(random) : genres;
      }
    }
  }

  private static List<String> genres(Random random) {
    LinkedHashSet<String> genres = new LinkedHashSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      genres.add(GENRES.get((int) (GENRES.size() * random.nextDouble() * random.nextDouble())));
    }
    return List.copyOf(genres);
  }

  /** Rows that count, oldest first, by artist. */
  Map<String, List<Row>> accepted() {
    return rows.stream()
        .filter(r -> !r.late())
        .sorted(Comparator.comparing(Row::observedAt).thenComparing(Row::updateNumber))
        .collect(Collectors.groupingBy(Row::id));
  }

  /** Artists as observed last. */
  List<Row> latest() {
    return accepted().values().stream()
        .map(history -> history.get(history.size() - 1))
        .filter(r -> !r.deleted())
        .toList();
  }

  /** Lands everything, spread over files and days. */
  void land(TestStore store, Path scratch) throws Exception {
    int files = 3;
    for (int file = 0; file < files; file++) {
      List<String> values = new ArrayList<>();
      for (int i = file; i < rows.size(); i += files) {
        values.add(values(rows.get(i)));
      }
      String select =
          ("SELECT id, name, CAST(genres AS varchar[]) AS genres, genres[1] AS primary_genre,"
                  + " CAST(followers AS bigint) AS followers,"
                  + " CAST(popularity AS integer) AS popularity, to_timestamp(observed) AS observed_at,"
                  + " CAST(update_number AS bigint) AS update_number, late, deleted FROM (VALUES %s)"
                  + " AS v(id, name, genres, followers, popularity, observed, update_number, late,"
                  + " deleted)")
              .formatted(String.join(", ", values));
      store.upload(
          "tables/artists/dt=2026-11-2%d/artists+0+%010d.zstd.parquet".formatted(file, file),
          ParquetFile.write(scratch.resolve("artists.parquet"), select));
    }
    String select =
        rejects.stream()
            .map(
                r ->
                    "(%s, %s, %d)"
                        .formatted(
                            DuckDbView.literal(r.reason()),
                            DuckDbView.literal(r.message()),
                            r.rejectedAt().getEpochSecond()))
            .collect(
                Collectors.joining(
                    ", ",
                    "SELECT reason, message, to_timestamp(moment) AS rejected_at FROM (VALUES ",
                    ") AS v(reason, message, moment)"));
    store.upload(
        "tables/artist-rejects/dt=2026-11-20/artist-rejects+0+0000000000.zstd.parquet",
        ParquetFile.write(scratch.resolve("rejects.parquet"), select));
  }

  private static String values(Row row) {
    return "(%s, %s, [%s], %d, %s, %d, %d, %s, %s)"
        .formatted(
            DuckDbView.literal(row.id()),
            DuckDbView.literal(row.name()),
            row.genres().stream().map(DuckDbView::literal).collect(Collectors.joining(", ")),
            row.followers(),
            row.popularity(),
            row.observedAt().getEpochSecond(),
            row.updateNumber(),
            row.late(),
            row.deleted());
  }
}
