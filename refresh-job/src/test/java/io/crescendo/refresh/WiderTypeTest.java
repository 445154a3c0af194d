package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WiderTypeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "varchar                  | varchar                       | varchar",
        "integer                  | bigint                        | bigint",
        "real                     | double                        | double",
        "timestamp(3)             | timestamp(6)                  | timestamp(6)",
        "timestamp(9)             | timestamp(3)                  | timestamp(9)",
        "timestamp(6)             | timestamp(9)                  | timestamp(9)",
        "array(timestamp(3))      | array(timestamp(6))           | array(timestamp(6))",
        "array(array(integer))    | array(array(bigint))          | array(array(bigint))",
        "map(varchar, integer)    | map(varchar, bigint)          | map(varchar, bigint)",
        "unknown                  | array(varchar)                | array(varchar)",
        "array(varchar)           | array(unknown)                | array(varchar)",
        "row(a integer, b real)   | row(a bigint, b real)         | row(a bigint, b real)",
        "row(a integer)           | row(b row(c varchar, d date)) | row(a integer, b row(c varchar, d date))",
        "row(a map(varchar, row(b integer, c decimal(9,2)))) | row(a map(varchar, row(b bigint, c decimal(9,2)))) | row(a map(varchar, row(b bigint, c decimal(9,2))))"
      })
  void holdsBoth(String one, String other, String both) {
    assertThat(WiderType.of(one, other)).contains(both);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "integer              | varchar",
        "integer              | real",
        "decimal(9,2)         | decimal(18,4)",
        "array(integer)       | integer",
        "array(integer)       | array(varchar)",
        "map(varchar, date)   | map(bigint, date)",
        "row(a integer)       | row(a varchar)",
        "row(a(b integer)     | row(a, b integer)",
        "varbinary            | real"
      })
  void isNoneWhereNothingHoldsBoth(String one, String other) {
    assertThat(WiderType.of(one, other)).isEmpty();
    assertThat(WiderType.of(other, one)).isEmpty();
  }
}
