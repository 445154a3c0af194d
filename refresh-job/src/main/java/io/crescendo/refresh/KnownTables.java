package io.crescendo.refresh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tables that the pipeline lands, with the columns of their records. An engine offers them from the
 * first minute, and a column that no file has yet reads as null.
 */
public final class KnownTables {

  private static final List<String> PARTITIONED_BY = List.of("dt");

  private static final Map<String, List<Column>> COLUMNS = new TreeMap<>();

  static {
    COLUMNS.put(
        "artists",
        List.of(
            new Column("id", "varchar"),
            new Column("name", "varchar"),
            new Column("genres", "array(varchar)"),
            new Column("primary_genre", "varchar"),
            new Column("genre_family", "varchar"),
            new Column("followers", "bigint"),
            new Column("popularity", "integer"),
            new Column("follower_tier", "varchar"),
            new Column("previous_followers", "bigint"),
            new Column("followers_delta", "bigint"),
            new Column("first_seen_at", "timestamp(3)"),
            new Column("observed_at", "timestamp(3)"),
            new Column("ingested_at", "timestamp(3)"),
            new Column("update_number", "bigint"),
            new Column("late", "boolean"),
            new Column("deleted", "boolean"),
            new Column("source", "varchar")));
    COLUMNS.put(
        "genre_followers",
        List.of(
            new Column("genre", "varchar"),
            new Column("genre_family", "varchar"),
            new Column("artists", "bigint"),
            new Column("followers", "bigint"),
            new Column("average_popularity", "double"),
            new Column("top_artist_id", "varchar"),
            new Column("top_artist_name", "varchar"),
            new Column("top_artist_followers", "bigint"),
            new Column("as_of", "timestamp(3)"),
            new Column("reported_at", "timestamp(3)")));
    COLUMNS.put(
        "artist_rejects",
        List.of(
            new Column("reason", "varchar"),
            new Column("field", "varchar"),
            new Column("value", "varchar"),
            new Column("message", "varchar"),
            new Column("raw_key", "varbinary"),
            new Column("raw_value", "varbinary"),
            new Column("topic", "varchar"),
            new Column("kafka_partition", "integer"),
            new Column("kafka_offset", "bigint"),
            new Column("source", "varchar"),
            new Column("rejected_at", "timestamp(3)")));
  }

  private KnownTables() {}

  /** Columns of each table that the pipeline lands, without those of its partitions. */
  public static Map<String, List<Column>> columns() {
    return java.util.Collections.unmodifiableMap(COLUMNS);
  }

  /** The tables of a catalog, and after them, empty, the known ones that it lacks. */
  static List<Catalog.Table> with(Catalog catalog) {
    Map<String, Catalog.Table> tables = new LinkedHashMap<>();
    catalog.tables().forEach(t -> tables.put(t.name(), t));
    COLUMNS.forEach(
        (name, columns) ->
            tables.computeIfAbsent(
                name, n -> new Catalog.Table(n, "", columns, PARTITIONED_BY, List.of(), 0, 0)));
    return List.copyOf(tables.values());
  }

  /** Known columns of a table that none of its files has, or has a value of. */
  static List<Column> missing(Catalog.Table table) {
    List<Column> missing = new ArrayList<>(COLUMNS.getOrDefault(table.name(), List.of()));
    List<String> present =
        table.columns().stream()
            .filter(c -> !c.type().contains(WiderType.UNKNOWN))
            .map(c -> c.name().toLowerCase(Locale.ROOT))
            .toList();
    missing.removeIf(c -> present.contains(c.name()));
    return missing;
  }
}
