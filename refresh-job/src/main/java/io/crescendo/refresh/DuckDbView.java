package io.crescendo.refresh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The statement that makes a table of the catalog known to DuckDB. */
final class DuckDbView {

  private DuckDbView() {}

  /**
   * A view over the copies of a table's files, with partition columns last; an empty one of the
   * same shape for a table without files.
   *
   * @param copy where the copy of a file lies
   */
  static String of(Catalog.Table table, Function<Catalog.DataFile, Path> copy) {
    return "CREATE OR REPLACE VIEW %s AS %s"
        .formatted(
            identifier(table.name()), table.files().isEmpty() ? empty(table) : files(table, copy));
  }

  private static String empty(Catalog.Table table) {
    List<String> columns = new ArrayList<>();
    for (Column column : table.columns()) {
      columns.add(nothing(column));
    }
    for (String partition : table.partitionedBy()) {
      columns.add(nothing(new Column(partition, "varchar")));
    }
    return "SELECT " + String.join(", ", columns) + " WHERE false";
  }

  private static String files(Catalog.Table table, Function<Catalog.DataFile, Path> copy) {
    List<String> columns = new ArrayList<>();
    List<Column> missing = KnownTables.missing(table);
    for (Column column : table.columns()) {
      if (missing.stream().anyMatch(m -> m.name().equalsIgnoreCase(column.name()))) {
        continue;
      }
      String name = identifier(column.name());
      // Parquet's UTC timestamps would come with a zone, which Athena's do not have
      columns.add(
          (column.type().startsWith("timestamp")
                  ? "CAST(%1$s AS TIMESTAMP) AS %1$s"
                  : "%1$s AS %1$s")
              .formatted(name));
    }
    for (Column column : missing) {
      columns.add(nothing(column));
    }
    for (int i = 0; i < table.partitionedBy().size(); i++) {
      columns.add(partition(i, table));
    }
    return "SELECT %s FROM read_parquet([%s], union_by_name = true, hive_partitioning = %s%s)"
        .formatted(
            String.join(", ", columns),
            table.files().stream()
                .map(f -> literal(copy.apply(f).toString()))
                .collect(Collectors.joining(", ")),
            !table.partitionedBy().isEmpty(),
            table.partitionedBy().isEmpty() ? "" : partitionTypes(table));
  }

  /** A partition column as the path has it, but where that is a hash, with its value. */
  private static String partition(int position, Catalog.Table table) {
    String column = table.partitionedBy().get(position);
    String name = identifier(LocalObjects.nameInPath(position));
    String hashed =
        table.files().stream()
            .map(f -> f.partition().get(column))
            .distinct()
            .filter(value -> !LocalObjects.inPath(value).equals(value))
            .map(v -> " WHEN %s THEN %s".formatted(literal(LocalObjects.inPath(v)), literal(v)))
            .collect(Collectors.joining());
    String value = hashed.isEmpty() ? name : "CASE %s%s ELSE %s END".formatted(name, hashed, name);
    return value + " AS " + identifier(column);
  }

  private static String partitionTypes(Catalog.Table table) {
    return IntStream.range(0, table.partitionedBy().size())
        .mapToObj(position -> literal(LocalObjects.nameInPath(position)) + ": VARCHAR")
        .collect(Collectors.joining(", ", ", hive_types = {", "}"));
  }

  private static String nothing(Column column) {
    return "CAST(NULL AS %s) AS %s"
        .formatted(DuckDbTypes.fromTrino(column.type()), identifier(column.name()));
  }

  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String literal(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
