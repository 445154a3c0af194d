package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionValuesTest {

  // 101 bytes escaped to 303; S3 allows keys of 1,024
  private static final String LONG = "爵士樂".repeat(11) + "'s";
  private static final String OTHER = LONG + "x";

  @TempDir private Path directory;
  private TestStore store;

  @BeforeEach
  void start() {
    store = new TestStore(directory);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private void land(String genre, String id) throws Exception {
    store.upload(
        "tables/albums/genre=%s/dt=2026-11-22/%s.parquet".formatted(genre, id),
        ParquetFile.write(directory.resolve("file.parquet"), "SELECT '%s' AS id".formatted(id)));
  }

  private List<List<Object>> ask(String sql) {
    try (WarehouseQueries queries = new WarehouseQueries(store.client(), store.settings())) {
      return queries.query(sql, 0).rows();
    }
  }

  @Test
  void readsValuesThatAreTooLongForADirectory() throws Exception {
    land("pop", "a");
    land(LONG, "b");
    land(OTHER, "c");
    land("r&b", "d");

    assertThat(URLEncoder.encode(LONG, StandardCharsets.UTF_8)).hasSizeGreaterThan(255);
    assertThat(ask("SELECT id, genre, dt FROM albums ORDER BY id"))
        .containsExactly(
            List.of("a", "pop", "2026-11-22"),
            List.of("b", LONG, "2026-11-22"),
            List.of("c", OTHER, "2026-11-22"),
            List.of("d", "r&b", "2026-11-22"));
    assertThat(ask("SELECT id FROM albums WHERE genre = %s".formatted(DuckDbView.literal(LONG))))
        .containsExactly(List.of("b"));
    assertThat(ask("SELECT id FROM albums WHERE genre = 'pop'")).containsExactly(List.of("a"));
  }

  @Test
  void takesNoValueForTheHashOfAnother() throws Exception {
    String hash = LocalObjects.inPath(LONG);
    land(LONG, "a");
    land(hash, "b");

    assertThat(ask("SELECT id, genre FROM albums ORDER BY id"))
        .containsExactly(List.of("a", LONG), List.of("b", hash));
  }
}
