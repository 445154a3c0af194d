package io.crescendo.refresh;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * What the page gets for a query.
 *
 * @param run run whose tables it is about
 * @param name name of the query
 * @param title what a person calls it
 * @param description what is counted, and how
 * @param sql its SQL; {@code :name} is a parameter
 * @param parameters value of each parameter
 * @param columns names and types
 * @param rows the first rows
 * @param totalRows how many rows there are
 * @param complete false where the query gave more rows than are kept
 * @param seconds how long it took; null where the run asked it, whose record says so
 */
record PageDocument(
    String run,
    String name,
    String title,
    String description,
    String sql,
    Map<String, Object> parameters,
    List<Column> columns,
    List<List<Object>> rows,
    int totalRows,
    boolean complete,
    Double seconds) {

  static PageDocument of(String run, Question question, QueryResult result, double seconds) {
    Query query = question.query();
    return new PageDocument(
        run,
        query.name(),
        query.title(),
        query.description(),
        query.sql(),
        question.values(),
        result.columns(),
        result.rows(),
        result.rows().size(),
        result.complete(),
        seconds);
  }

  static PageDocument of(JsonDashboard.Document document) {
    return new PageDocument(
        document.run(),
        document.name(),
        document.title(),
        document.description(),
        document.sql(),
        Map.of(),
        document.columns(),
        document.rows(),
        document.rows().size(),
        true,
        null);
  }

  /** The same with at most {@code limit} rows, if there is a limit. */
  PageDocument first(OptionalInt limit) {
    return withRows(rows.subList(0, Math.min(limit.orElse(rows.size()), rows.size())), totalRows);
  }

  /** The same with the rows whose value in a column is this one, ignoring a missing column. */
  PageDocument where(String column, String value) {
    int position = columns.stream().map(Column::name).toList().indexOf(column);
    List<List<Object>> found =
        position < 0
            ? List.of()
            : rows.stream().filter(r -> value.equals(r.get(position))).toList();
    return withRows(found, found.size());
  }

  /** The same with the rows that match, those of a lower rank first. */
  PageDocument matching(Predicate<List<Object>> matches, ToIntFunction<List<Object>> rank) {
    List<List<Object>> found =
        rows.stream().filter(matches).sorted(Comparator.comparingInt(rank)).toList();
    return withRows(found, found.size());
  }

  private PageDocument withRows(List<List<Object>> chosen, int total) {
    return new PageDocument(
        run, name, title, description, sql, parameters, columns, chosen, total, complete, seconds);
  }
}
