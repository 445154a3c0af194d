package io.crescendo.refresh;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A query as it is sent to Athena: with the {@link Views} that it names, and with what the catalog
 * does not have yet of the tables that it names, in a WITH clause before it. So nothing has to be
 * created in the catalog for a query, and nobody needs the right to.
 */
final class AthenaSql {

  private static final Pattern WITH =
      Pattern.compile("\\A(WITH\\s+(RECURSIVE\\s+)?)", Pattern.CASE_INSENSITIVE);

  private final String database;
  private final Map<String, String> definitions = new LinkedHashMap<>();

  AthenaSql(String database, Catalog catalog) {
    this.database = database;
    for (Catalog.Table table : KnownTables.with(catalog)) {
      if (table.location().isEmpty()) {
        definitions.put(table.name(), empty(table));
      } else if (!KnownTables.missing(table).isEmpty()) {
        definitions.put(table.name(), completed(table));
      }
    }
    definitions.putAll(Views.bundled());
  }

  /**
   * The statement for a query.
   *
   * @throws QueryException if it is no query: Athena would carry out anything else
   */
  String of(Query query) {
    String sql = OneSelect.of(query);
    Set<String> needed = new TreeSet<>();
    collect(sql, needed);
    String clause =
        definitions.entrySet().stream()
            .filter(d -> needed.contains(d.getKey()))
            .map(d -> "\"%s\" AS (%n%s%n)".formatted(d.getKey(), d.getValue()))
            .collect(Collectors.joining(",\n"));
    if (clause.isEmpty()) {
      return sql;
    }
    Matcher with = WITH.matcher(sql);
    return with.find()
        ? with.group() + clause + ",\n" + sql.substring(with.end())
        : "WITH " + clause + "\n" + sql;
  }

  private void collect(String sql, Set<String> needed) {
    String text = sql.toLowerCase(Locale.ROOT);
    definitions.forEach(
        (name, definition) -> {
          // a name that the query defines itself is not ours
          boolean own = text.matches("(?s).*(with|,)\\s+\"?" + name + "\"?\\s+as\\s*\\(.*");
          if (!own && text.matches("(?s).*\\b" + name + "\\b.*") && needed.add(name)) {
            if (Views.bundled().containsKey(name)) {
              collect(definition, needed);
            }
          }
        });
  }

  private static String empty(Catalog.Table table) {
    return "SELECT %s WHERE false"
        .formatted(
            java.util.stream.Stream.concat(
                    table.columns().stream(),
                    table.partitionedBy().stream().map(p -> new Column(p, "varchar")))
                .map(AthenaSql::absent)
                .collect(Collectors.joining(", ")));
  }

  private String completed(Catalog.Table table) {
    return "SELECT t.*, %s FROM \"%s\".\"%s\" AS t"
        .formatted(
            KnownTables.missing(table).stream()
                .map(AthenaSql::absent)
                .collect(Collectors.joining(", ")),
            database,
            table.name());
  }

  private static String absent(Column column) {
    return "CAST(NULL AS %s) AS \"%s\"".formatted(column.type(), column.name());
  }
}
