package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbTest {

  @TempDir private Path directory;

  @Test
  void spillsWhereItIsTold() throws Exception {
    RefreshSettings settings = RefreshSettings.defaults(directory).withEngine(64, 1);
    Path spill = directory.resolve("it's");

    try (Connection connection = DuckDb.open(settings, spill);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE large AS SELECT hash(x) AS h, CAST(x AS varchar) AS t FROM range(4000000)"
              + " AS r(x)");
      try (ResultSet files = statement.executeQuery("SELECT path FROM duckdb_temporary_files()")) {
        assertThat(files.next()).isTrue();
        assertThat(files.getString(1)).startsWith(spill.toString());
      }
    }
  }
}
