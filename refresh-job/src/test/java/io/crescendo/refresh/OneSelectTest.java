package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneSelectTest {

  private static String of(String sql) {
    return OneSelect.of(Query.typed(sql, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "select ';' AS a, 'it''s; it' AS b",
        "SELECT 1 AS \"a;b\" -- one; two",
        "SELECT /* a; b */ 1",
        "SELECT e'\\';' AS a",
        "WITH a AS (SELECT 1) SELECT * FROM a",
        "VALUES (1), (2)",
        "(SELECT 1) UNION (SELECT 2)"
      })
  void takesOne(String sql) {
    assertThat(of(sql)).isEqualTo(sql);
  }

  @Test
  void dropsCommentsBeforeItAndSemicolonsAfterIt() {
    assertThat(of("-- all;\n/* of them; */ SELECT 1 ;; -- done; \n")).isEqualTo("SELECT 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1; SELECT 2",
        "SELECT ';'; DROP TABLE artists",
        "SELECT 1;\n-- and\nSELECT 2;",
        "SELECT 'a\\'; SELECT '2",
        "SELECT type'\\'; SELECT '2"
      })
  void refusesASecondOne(String sql) {
    assertThatThrownBy(() -> of(sql))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("Query 'typed' must be one SELECT, got a second statement '")
        .hasMessageEndingWith("; nothing was run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DROP TABLE artists", "COPY artists TO 'x'", "", ";", "-- nothing"})
  void refusesAnythingElse(String sql) {
    assertThatThrownBy(() -> of(sql))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("must be a SELECT");
  }
}
