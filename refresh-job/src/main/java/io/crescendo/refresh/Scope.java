package io.crescendo.refresh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The part of the warehouse that a viewer chose to look at. It narrows any query of the dashboard
 * without another version of it: a WITH clause puts narrower tables before the query, under the
 * names that the query reads. So a figure means the same with and without a filter.
 *
 * @param genre genre that the artists carry; null for any
 * @param tier follower tier of the artists; null for any
 * @param days length of the period over which growth is counted
 */
record Scope(String genre, String tier, long days) {

  /** Length of the period in the queries as a run asks them, which is in {@code growth_period}. */
  static final long USUAL_DAYS = 30;

  /** Lengths of the period that a viewer may choose; the last one is longer than any history. */
  static final List<Long> PERIODS = List.of(7L, USUAL_DAYS, 90L, 365L, 36_500L);

  /** Tiers as the streams app writes them, fewest followers first. */
  static final List<String> TIERS =
      List.of("none", "emerging", "developing", "established", "major", "star", "superstar");

  /** Whether it leaves every query as it is, so that the run has its answers already. */
  boolean isEverything() {
    return genre == null && tier == null && days == USUAL_DAYS;
  }

  /** The query, on this part of the warehouse. */
  Question narrow(Query query) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> clauses = new ArrayList<>();
    if (days != USUAL_DAYS) {
      values.put("days", days);
      clauses.add(
          "growth_period AS (\n"
              + "SELECT max(observed_at) - INTERVAL '1' DAY * CAST(:days AS bigint)"
              + " AS period_start FROM main.artists_latest)");
    }
    List<String> conditions = new ArrayList<>();
    if (genre != null) {
      values.put("genre", genre);
      conditions.add("contains(genres, :genre)");
    }
    if (tier != null) {
      values.put("tier", tier);
      conditions.add("follower_tier = :tier");
    }
    if (!conditions.isEmpty()) {
      clauses.add(
          "artists_latest AS (\nSELECT * FROM main.artists_latest WHERE %s)"
              .formatted(String.join(" AND ", conditions)));
      // the past of the artists that are in the scope now
      clauses.add(
          "artists AS (\n"
              + "SELECT * FROM main.artists WHERE id IN (SELECT id FROM artists_latest))");
      clauses.add("artist_genres AS (\n%s)".formatted(Views.bundled().get("artist_genres")));
    }
    String sql =
        clauses.stream().collect(Collectors.joining(",\n", clauses.isEmpty() ? "" : "WITH ", "\n"))
            + query.sql();
    return new Question(
        new Query(
            query.name(),
            query.title(),
            query.description(),
            query.chart(),
            sql.strip(),
            Explorer.MOST_ROWS),
        values);
  }
}
