package io.crescendo.refresh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Columns of a table, merged over its files: by name, in the order in which they appeared. */
final class TableColumns {

  private final String table;
  private final String consequence;
  private final Map<String, Seen> columns = new LinkedHashMap<>();

  /**
   * No columns yet.
   *
   * @param consequence what is not done where files do not fit together, for messages
   */
  TableColumns(String table, String consequence) {
    this.table = table;
    this.consequence = consequence;
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
        String wider =
            WiderType.of(before.type(), column.type())
                .orElseThrow(
                    () ->
                        new RefreshException(
                            "Table '%s': column '%s' is %s in '%s' and %s in '%s'; %s"
                                .formatted(
                                    table,
                                    column.name(),
                                    before.type(),
                                    before.key(),
                                    column.type(),
                                    key,
                                    consequence)));
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
