package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseQueriesTest {

  @TempDir private Path directory;

  @Test
  void seesWhatIsNewAndWritesNothingToTheStore() throws Exception {
    try (TestStore store = new TestStore(directory);
        WarehouseQueries queries = new WarehouseQueries(store.client(), store.settings())) {
      String sql = "SELECT count(*) AS n FROM artist_rejects";
      assertThat(queries.query(sql, 0).value(0, "n")).isEqualTo(0L);
      new TestWarehouse(5, 40).land(store, directory);

      assertThat(queries.query(sql, 0).value(0, "n")).isEqualTo(20L);

      assertThat(new ResultsBucket(store.client(), "results").keys("", "")).isEmpty();
    }
  }
}
