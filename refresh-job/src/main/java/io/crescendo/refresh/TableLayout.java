package io.crescendo.refresh;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the table and the partition out of an object's key: {@code
 * <prefix>/<table>/<name>=<value>/…/<file>.parquet}, the layout that Hive began and that Glue,
 * Athena and DuckDB know.
 *
 * @param prefix folder of the tables, such as {@code tables}
 */
record TableLayout(String prefix) {

  private static final String SUFFIX = ".parquet";

  /**
   * Where an object belongs.
   *
   * @param folder folder of the table under the prefix, such as {@code genre-followers}
   * @param partition partition columns and values, outermost first
   */
  record Place(String folder, Map<String, String> partition) {

    /** Name in SQL: the folder in lower case, with '_' for anything but letters and digits. */
    String table() {
      return folder.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }
  }

  /**
   * The place of an object; nothing for one that is no data: another suffix, or a part of its path
   * that begins with '_' or '.', which writers use for what is not finished.
   */
  Optional<Place> place(String key) {
    String start = prefix + "/";
    if (!key.startsWith(start) || !key.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    String[] parts = key.substring(start.length()).split("/", -1);
    if (parts.length < 2 || parts[0].isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> partition = new LinkedHashMap<>();
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].startsWith("_") || parts[i].startsWith(".")) {
        return Optional.empty();
      }
      int equals = parts[i].indexOf('=');
      if (i > 0 && i < parts.length - 1 && equals > 0) {
        partition.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
      }
    }
    return Optional.of(new Place(parts[0], partition));
  }
}
