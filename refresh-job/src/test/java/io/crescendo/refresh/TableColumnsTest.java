package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableColumnsTest {

  @Test
  void refusesAFileWithTwoColumnsThatSqlCannotTellApart() {
    TableColumns columns = new TableColumns("t", List.of(), "no catalog was written");

    assertThatThrownBy(
            () ->
                columns.add(
                    List.of(new Column("a", "integer"), new Column("A", "integer")),
                    "tables/t/a.parquet"))
        .isInstanceOf(RefreshException.class)
        .hasMessage(
            "Table 't': 'tables/t/a.parquet' has two columns 'a', with case aside; no catalog was"
                + " written");
  }

  @Test
  void passesOverColumnsWhoseValuesComeFromThePath() {
    TableColumns columns = new TableColumns("t", List.of("dt"), "no catalog was written");
    columns.add(List.of(new Column("a", "integer"), new Column("DT", "date")), "1.parquet");
    columns.add(List.of(new Column("dt", "varchar"), new Column("a", "integer")), "2.parquet");
    assertThat(columns.merged()).isEqualTo(List.of(new Column("a", "integer")));
  }
}
