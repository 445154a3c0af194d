package io.crescendo.refresh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A question to the warehouse.
 *
 * @param name file name without {@code .sql}; letters, digits and '_'
 * @param title what a person calls it
 * @param description what is counted, and how
 * @param chart how it is best shown
 * @param sql one SELECT that Trino, Athena and DuckDB all run unchanged
 * @param maxRows rows after which the result is cut; 0 for no limit
 */
public record Query(
    String name, String title, String description, Chart chart, String sql, int maxRows) {

  /** How a result is shown. */
  public enum Chart {
    /** Single figures. */
    TILES,
    /** Bars by category. */
    BAR,
    /** Bars by band of a number. */
    HISTOGRAM,
    /** Points over two numbers. */
    SCATTER,
    /** Lines over time. */
    LINE,
    /** Rows and columns. */
    TABLE
  }

  private static final List<String> HEADERS = List.of("title", "description", "chart");

  /**
   * A query that somebody typed.
   *
   * @param maxRows rows after which the result is cut; 0 for no limit
   */
  public static Query typed(String sql, int maxRows) {
    return new Query("typed", "Typed", "As typed", Chart.TABLE, sql, maxRows);
  }

  /**
   * Reads a query file: comment lines {@code -- title: …}, {@code -- description: …}, {@code --
   * chart: …} first, where a comment line without a key continues the one before; then the SELECT.
   *
   * @param name name of the query
   * @param text the file
   * @throws ConfigurationException if a header is missing, unknown or wrong
   */
  public static Query parse(String name, String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    String last = null;
    for (String line : text.lines().takeWhile(l -> l.startsWith("--")).toList()) {
      String comment = line.substring(2).strip();
      int colon = comment.indexOf(':');
      String key = colon < 0 ? "" : comment.substring(0, colon);
      if (key.matches("[a-z]+")) {
        if (!HEADERS.contains(key)) {
          problems.add(
              "%s.sql: unknown header '%s'; the headers are %s".formatted(name, key, HEADERS));
        }
        headers.put(key, comment.substring(colon + 1).strip());
        last = key;
      } else if (last != null) {
        headers.merge(last, comment, (a, b) -> a + " " + b);
      }
    }
    for (String key : HEADERS) {
      if (headers.getOrDefault(key, "").isBlank()) {
        problems.add("%s.sql: a line '-- %s: …' must come before the SELECT".formatted(name, key));
      }
    }
    Chart chart = chart(name, headers.getOrDefault("chart", "table"), problems);
    String sql =
        text.lines().dropWhile(l -> l.startsWith("--")).collect(Collectors.joining("\n")).strip();
    if (sql.isEmpty() || sql.endsWith(";")) {
      problems.add("%s.sql: one SELECT without a ';' must follow the headers".formatted(name));
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return new Query(name, headers.get("title"), headers.get("description"), chart, sql, 0);
  }

  private static Chart chart(String name, String value, List<String> problems) {
    for (Chart chart : Chart.values()) {
      if (chart.name().toLowerCase(Locale.ROOT).equals(value)) {
        return chart;
      }
    }
    problems.add(
        "%s.sql: chart must be one of %s, got '%s'"
            .formatted(
                name,
                Arrays.stream(Chart.values()).map(c -> c.name().toLowerCase(Locale.ROOT)).toList(),
                value));
    return Chart.TABLE;
  }
}
