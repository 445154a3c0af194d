package io.crescendo.refresh;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of a warehouse at one moment.
 *
 * @param crawledAt when they were looked at
 * @param tables the tables, by name
 */
public record Catalog(Instant crawledAt, List<Table> tables) {

  /** Makes the list unmodifiable. */
  public Catalog {
    tables = List.copyOf(tables);
  }

  /** The table of that name. */
  public Optional<Table> table(String name) {
    return tables.stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /**
   * A table: objects under one prefix that share columns.
   *
   * @param name name in SQL
   * @param location where its objects lie, such as {@code s3://warehouse/tables/artists/}
   * @param columns columns of the files, without those of the partitions
   * @param partitionedBy names of the Hive partition columns, outermost first; their type is
   *     varchar
   * @param files its objects, by key; empty where the catalog's service does not list them
   * @param rows rows in all files
   * @param bytes size of all files
   */
  public record Table(
      String name,
      String location,
      List<Column> columns,
      List<String> partitionedBy,
      List<DataFile> files,
      long rows,
      long bytes) {

    /** Makes the lists unmodifiable. */
    public Table {
      columns = List.copyOf(columns);
      partitionedBy = List.copyOf(partitionedBy);
      files = List.copyOf(files);
    }

    /** Name of the folder of its objects, such as {@code genre-followers}. */
    String folder() {
      String[] parts = location.split("/");
      return parts[parts.length - 1];
    }

    /** This table with these of its files only, which are not counted. */
    Table with(List<DataFile> some) {
      return new Table(name, location, columns, partitionedBy, some, 0, 0);
    }
  }

  /**
   * A Parquet object.
   *
   * @param key its key in the warehouse bucket
   * @param etag its etag as the store gave it, with quotes
   * @param bytes its size
   * @param rows its rows
   * @param partition value of each partition column
   */
  public record DataFile(
      String key, String etag, long bytes, long rows, Map<String, String> partition) {

    /** Makes the map unmodifiable. */
    public DataFile {
      partition = Map.copyOf(partition);
    }
  }
}
