package io.crescendo.refresh;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Columns of a table, merged over its files: by name, in the order in which they appeared. As in
 * SQL, case makes no difference; the first file's spelling stays.
 */
final class TableColumns {

  private final String table;
  private final Set<String> partitionedBy = new HashSet<>();
  private final String consequence;
  private final Map<String, Seen> columns = new LinkedHashMap<>();

  /**
   * No columns yet.
   *
   * @param partitionedBy columns that files may have, too, but whose values come from the path
   * @param consequence what is not done where files do not fit together, for messages
   */
  TableColumns(String table, Collection<String> partitionedBy, String consequence) {
    this.table = table;
    partitionedBy.forEach(p -> this.partitionedBy.add(p.toLowerCase(Locale.ROOT)));
    this.consequence = consequence;
  }

  private record Seen(String name, String type, String key) {}

  /**
   * Adds the columns of a file.
   *
   * @throws RefreshException if a column has another type than in an earlier file, and no type
   *     holds both, or if the file has two columns that SQL cannot tell apart
   */
  void add(List<Column> file, String key) {
    Set<String> own = new HashSet<>();
    for (Column column : file) {
      String name = column.name().toLowerCase(Locale.ROOT);
      if (!own.add(name)) {
        throw new RefreshException(
            "Table '%s': '%s' has two columns '%s', with case aside; %s"
                .formatted(table, key, name, consequence));
      }
      Seen before = columns.get(name);
      if (partitionedBy.contains(name)) {
        continue;
      }
      if (before == null) {
        columns.put(name, new Seen(column.name(), column.type(), key));
      } else if (!before.type().equals(column.type())) {
        columns.put(name, new Seen(before.name(), wider(before, column, key), key));
      }
    }
  }

  private String wider(Seen before, Column column, String key) {
    return WiderType.of(before.type(), column.type())
        .orElseThrow(
            () ->
                new RefreshException(
                    "Table '%s': column '%s' is %s in '%s' and %s in '%s'; %s"
                        .formatted(
                            table,
                            before.name(),
                            before.type(),
                            before.key(),
                            column.type(),
                            key,
                            consequence)));
  }

  /** The columns of all files, but those of the path. */
  List<Column> merged() {
    return columns.values().stream().map(seen -> new Column(seen.name(), seen.type())).toList();
  }
}
