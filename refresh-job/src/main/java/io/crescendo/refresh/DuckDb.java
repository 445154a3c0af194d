package io.crescendo.refresh;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Opens databases in memory, which keep to the limits of the settings. */
final class DuckDb {

  private DuckDb() {}

  /**
   * A database whose times are UTC.
   *
   * @param spill directory for what does not fit into the memory, made when needed; DuckDB's own
   *     choice would be one where the program was started
   */
  static Connection open(RefreshSettings settings, Path spill) throws SQLException {
    Connection opened = connect();
    try (Statement statement = opened.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("SET memory_limit = '%sMB'".formatted(settings.memoryMegabytes()));
      statement.execute("SET threads = %s".formatted(settings.threads()));
      statement.execute("SET temp_directory = " + DuckDbView.literal(spill.toString()));
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  /** The first connection of a program unpacks DuckDB's library. */
  private static Connection connect() throws SQLException {
    try {
      return DriverManager.getConnection("jdbc:duckdb:");
    } catch (LinkageError e) {
      throw new RefreshException(
          "DuckDB's library could not be unpacked into '%s' (java.io.tmpdir) or loaded: %s; see that the directory can be written to, has room and is not mounted noexec, then start again"
              .formatted(
                  System.getProperty("java.io.tmpdir"),
                  Reason.of(e.getCause() == null ? e : e.getCause())),
          e);
    }
  }
}
