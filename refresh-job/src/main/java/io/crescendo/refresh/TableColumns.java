package io.crescendo.refresh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Columns of a table, merged over its files: by name, in the order in which they appeared. */
final class TableColumns {

  // narrower type -> the one that holds both
  private static final Map<Set<String>, String> WIDER =
      Map.of(
          Set.of("integer", "bigint"), "bigint",
          Set.of("real", "double"), "double",
          Set.of("timestamp(3)", "timestamp(6)"), "timestamp(6)");

  private final String table;
  private final Map<String, Seen> columns = new LinkedHashMap<>();

  TableColumns(String table) {
    this.table = table;
  }

  private record Seen(String type, String key) {}

  /**
   * Adds the columns of a file.
   *
   * @throws RefreshException if a column has another type than in an earlier file, and no type
   *     holds both
   */
  void add(List<Column> file, String key) {
    for (Column column : file) {
      Seen before = columns.putIfAbsent(column.name(), new Seen(column.type(), key));
      if (before != null && !before.type().equals(column.type())) {
        String wider = WIDER.get(Set.of(before.type(), column.type()));
        if (wider == null) {
          throw new RefreshException(
              "Table '%s': column '%s' is %s in '%s' and %s in '%s'; no catalog was written"
                  .formatted(
                      table, column.name(), before.type(), before.key(), column.type(), key));
        }
        columns.put(column.name(), new Seen(wider, key));
      }
    }
  }

  List<Column> merged() {
    List<Column> merged = new ArrayList<>();
    columns.forEach((name, seen) -> merged.add(new Column(name, seen.type())));
    return merged;
  }
}
