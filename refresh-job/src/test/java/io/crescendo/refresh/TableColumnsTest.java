package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableColumnsTest {

  @Test
  void refusesAFileWithTwoColumnsThatSqlCannotTellApart() {
    TableColumns columns = new TableColumns("t", "no catalog was written");

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
}
