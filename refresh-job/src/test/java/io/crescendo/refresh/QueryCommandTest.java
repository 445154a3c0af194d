package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code query} prints. */
class QueryCommandTest {

  @AutoClose private LocalCommands commands;

  @BeforeEach
  void start(@TempDir Path directory) {
    commands = new LocalCommands(directory);
  }

  @Test
  void queryPrintsRows() {
    String sql = "SELECT count(*) AS artists FROM artists_latest";

    assertThat(commands.query(sql, "--format", "csv")).isZero();
    assertThat(commands.out()).isEqualTo("artists\r\n0\r\n");
  }

  @Test
  void querySaysWhenThereWereMoreRows() {
    String sql = "SELECT n FROM (VALUES (1), (2)) AS t(n)";

    assertThat(commands.query(sql, "--limit", "1")).isZero();
    assertThat(commands.out()).contains("(1 row)");
    assertThat(commands.err()).contains("Only the first 1 rows; --limit 0 prints all");
  }

  @Test
  void queryExplainsWhatIsWrongWithTheSql() {
    assertThat(commands.query("SELECT nmae FROM artists")).isEqualTo(4);
    assertThat(commands.err()).contains("nmae").contains("name");
  }

  @Test
  void querySaysWhenTheWarehouseCannotBeRead() {
    assertThat(commands.query("SELECT 1", "--warehouse-bucket", "no-such-bucket")).isEqualTo(3);
    assertThat(commands.err()).contains("s3://no-such-bucket");
  }

  @Test
  void queryRefusesASecondStatement() {
    assertThat(commands.query("SELECT 1; SELECT 2")).isEqualTo(4);
    assertThat(commands.out()).isEmpty();
    assertThat(commands.err()).contains("got a second statement 'SELECT 2'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-- title: One\nSELECT 7 AS n", "--one\nSELECT 7 AS n", "--\nSELECT 7 AS n"})
  void takesSqlThatBeginsWithAComment(String sql) {
    assertThat(commands.query("--limit", "1", sql, "--format", "csv")).isZero();
    assertThat(commands.out()).isEqualTo("n\r\n7\r\n");

    assertThat(commands.query("--fromat", "csv", "SELECT 1")).isEqualTo(2);
    assertThat(commands.err()).contains("--format");
  }
}
