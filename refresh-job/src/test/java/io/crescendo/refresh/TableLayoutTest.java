package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableLayoutTest {

  private static final TableLayout LAYOUT = new TableLayout("tables");

  @Test
  void readsTableAndPartitionOutOfAKey() {
    TableLayout.Place place =
        LAYOUT
            .place("tables/genre-followers/dt=2026-11-22/genre-followers+0+0000000000.zst.parquet")
            .orElseThrow();

    assertThat(place.table()).isEqualTo("genre_followers");
    assertThat(place.partition()).isEqualTo(Map.of("dt", "2026-11-22"));
  }

  @Test
  void keepsTheOrderOfNestedPartitions() {
    assertThat(
            LAYOUT.place("tables/t/year=2026/month=11/day=22/a.parquet").orElseThrow().partition())
        .containsExactly(
            Map.entry("year", "2026"), Map.entry("month", "11"), Map.entry("day", "22"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tables/t/_temporary/a.parquet",
        "tables/t/dt=2026-11-22/.a.parquet",
        "tables/t/dt=2026-11-22/_a.parquet",
        "tables/t/a.parquet.part",
        "tables/a.parquet",
        "tables//a.parquet",
        "other/t/a.parquet",
        "tablesmore/t/a.parquet"
      })
  void leavesOutWhatIsNoData(String key) {
    assertThat(LAYOUT.place(key)).isEmpty();
  }
}
