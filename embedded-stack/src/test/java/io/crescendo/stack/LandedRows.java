package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What lies in Parquet files, counted by another program than the one that wrote them.
 *
 * @param rows all rows
 * @param distinct different ids among them
 */
record LandedRows(long rows, long distinct) {

  static LandedRows in(String files) throws SQLException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT count(*), count(DISTINCT id) FROM read_parquet('%s')".formatted(files))) {
      found.next();
      return new LandedRows(found.getLong(1), found.getLong(2));
    }
  }

  /** Every record of the load lies there, once. */
  static void assertHold(String files, ArtistLoad load) throws SQLException {
    assertThat(in(files)).isEqualTo(new LandedRows(load.sent(), load.sent()));
  }
}
