package io.crescendo.refresh;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What has landed in the tables of the pipeline, counted by the engine itself: a catalog may know
 * row counts only as its last crawl estimated them, and knows no times.
 *
 * @param figures rows and times, by table
 */
record Landed(Map<String, Figures> figures) {

  /** The newest records that the share of rejects is taken of. */
  static final Duration RECENT = Duration.ofHours(24);

  // where each table keeps the time at which a record came in
  private static final Map<String, String> TIMES =
      Map.of(
          "artists", "ingested_at",
          "artist_rejects", "rejected_at",
          "genre_followers", "reported_at");
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * Figures of a table.
   *
   * @param rows all its rows
   * @param recent those of the last {@link #RECENT}
   * @param newest when the newest one came in; null if there is none
   */
  record Figures(long rows, long recent, Instant newest) {}

  /** The question, to be asked at {@code now}. */
  static Query query(Instant now) {
    String since = TIMESTAMP.format(now.minus(RECENT));
    String sql =
        TIMES.keySet().stream()
            .sorted()
            .map(
                table ->
                    ("SELECT '%1$s' AS table_name, count(*) AS landed,"
                            + " count(*) FILTER (WHERE %2$s >= TIMESTAMP '%3$s') AS recent,"
                            + " max(%2$s) AS newest FROM %1$s")
                        .formatted(table, TIMES.get(table), since))
            .collect(Collectors.joining("\nUNION ALL\n"));
    return new Query(
        "landed",
        "What has landed",
        "Rows of each table, those of the 24 hours before the run's check, and when the newest came"
            + " in. The newest record is that of table artists; the share of rejects is the part"
            + " that artist_rejects has in the recent rows of both.",
        Query.Chart.TABLE,
        sql,
        0);
  }

  /** The answer. */
  static Landed of(QueryResult result) {
    Map<String, Figures> figures = new LinkedHashMap<>();
    for (int row = 0; row < result.rows().size(); row++) {
      figures.put(
          (String) result.value(row, "table_name"),
          new Figures(
              ((Number) result.value(row, "landed")).longValue(),
              ((Number) result.value(row, "recent")).longValue(),
              (Instant) result.value(row, "newest")));
    }
    return new Landed(figures);
  }

  /** A table of the catalog with what was counted, and its rows in the run before. */
  RunRecord.TableRows with(RunRecord.TableRows table, Long rowsBefore) {
    Figures counted = figures.get(table.name());
    return new RunRecord.TableRows(
        table.name(),
        table.files(),
        counted == null ? table.rows() : counted.rows(),
        table.bytes(),
        rowsBefore,
        counted == null ? null : counted.newest());
  }

  RunRecord.Freshness freshness(Instant now) {
    Instant newest = figures.get("artists").newest();
    long rejects = figures.get("artist_rejects").recent();
    long records = figures.get("artists").recent() + rejects;
    return new RunRecord.Freshness(
        newest,
        newest == null ? null : Duration.between(newest, now).toMillis() / 1e3,
        records,
        rejects,
        records == 0 ? null : (double) rejects / records);
  }
}
