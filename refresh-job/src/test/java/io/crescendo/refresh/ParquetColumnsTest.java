package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParquetColumnsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "required binary c (STRING);                    | varchar",
        "required binary c (ENUM);                      | varchar",
        "optional binary c;                             | varbinary",
        "required int32 c;                              | integer",
        "required int32 c (DATE);                       | date",
        "optional int32 c (UNKNOWN);                    | unknown",
        "required int64 c;                              | bigint",
        "required int64 c (TIMESTAMP(MILLIS,true));     | timestamp(3)",
        "required int64 c (TIMESTAMP(MICROS,false));    | timestamp(6)",
        "required int64 c (TIMESTAMP(NANOS,true));      | timestamp(9)",
        "required int96 c;                              | timestamp(6)",
        "required int64 c (DECIMAL(18,2));              | decimal(18,2)",
        "required boolean c;                            | boolean",
        "required float c;                              | real",
        "required double c;                             | double",
        "optional group c (LIST) { repeated group list { required binary element (STRING); } } | array(varchar)",
        "optional group c (LIST) { repeated binary array (STRING); } | array(varchar)",
        "optional group c (LIST) { repeated group array { required int32 a; } } | array(row(a integer))",
        "optional group c (MAP) { repeated group key_value { required binary key (STRING); optional int64 value; } } | map(varchar, bigint)",
        "required group c { required int32 a; optional binary b (STRING); } | row(a integer, b varchar)",
        "repeated int32 c;                              | array(integer)"
      })
  void namesTypesAsTrinoDoes(String field, String type) {
    assertThat(ParquetColumns.of(MessageTypeParser.parseMessageType("message m { " + field + " }")))
        .containsExactly(new Column("c", type));
  }
}
