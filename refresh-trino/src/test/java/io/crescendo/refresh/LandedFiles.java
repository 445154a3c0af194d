package io.crescendo.refresh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Parquet files of tables, where the engine on DuckDB has its copies of the warehouse's objects: it
 * fetches what is not there, so no store is needed.
 */
final class LandedFiles {

  /** The only day of the tables. */
  static final String DAY = "2026-12-31";

  private static final String PARTITION = "dt";

  private final RefreshSettings settings;
  private final LocalObjects copies;

  LandedFiles(RefreshSettings settings) {
    this.settings = settings;
    this.copies =
        new LocalObjects(
            noStore(),
            settings.warehouseBucket(),
            settings.workDirectory().toAbsolutePath().resolve("objects"),
            Clock.systemUTC());
  }

  DuckDbQueryEngine engine() {
    return new DuckDbQueryEngine(noStore(), settings, true, Clock.systemUTC());
  }

  /**
   * Writes a table of one file.
   *
   * @param select its rows, as for Trino
   */
  Catalog.Table write(String name, List<Column> columns, String select)
      throws SQLException, IOException {
    Catalog.DataFile file = new Catalog.DataFile(name, "\"1\"", 0, 0, Map.of(PARTITION, DAY));
    Catalog.Table table =
        new Catalog.Table(
            name, "s3://w/tables/" + name + "/", columns, List.of(PARTITION), List.of(file), 0, 0);
    Path path = copies.path(table, file);
    Files.createDirectories(path.getParent());
    String dialect =
        select.replace("array(varchar)", "varchar[]").replace("timestamp(3)", "timestamptz");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("COPY (%s) TO '%s' (FORMAT parquet)".formatted(dialect, path));
    }
    long bytes = Files.size(path);
    return table.with(
        List.of(new Catalog.DataFile(file.key(), file.etag(), bytes, 0, file.partition())));
  }

  private static S3Client noStore() {
    return new S3Client() {
      @Override
      public String serviceName() {
        return "none";
      }

      @Override
      public void close() {}
    };
  }
}
