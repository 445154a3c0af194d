package io.crescendo.connect.s3.parquet;

import static io.crescendo.connect.s3.parquet.StructRowTypesTest.INNER;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Structs and their schemas that are not written, and why. */
class StructRefusalsTest {

  private final StructRowTypes types = new StructRowTypes();

  @Test
  void namesTheFieldThatBreaksARule() {
    Schema schema =
        SchemaBuilder.struct()
            .field("inners", SchemaBuilder.array(INNER).build())
            .field("price", Decimal.builder(2).parameter("connect.decimal.precision", "4").build())
            .build();
    RowType type = types.of(schema, new Struct(schema));
    List<Struct> inners = new ArrayList<>();
    Struct missing = new Struct(schema).put("inners", inners).put("price", new BigDecimal("1.00"));
    inners.add(new Struct(INNER));
    assertThatThrownBy(() -> type.check(missing))
        .hasMessage("field 'inners.element.x' must not be null");
    Struct large =
        new Struct(schema).put("inners", List.of()).put("price", new BigDecimal("123.45"));
    assertThatThrownBy(() -> type.check(large))
        .hasMessage("field 'price' must be a decimal of scale 2 and at most 4 digits, got 123.45");
  }

  @Test
  void refusesTextThatHasNoUtf8() {
    Schema schema = SchemaBuilder.struct().field("name", Schema.STRING_SCHEMA).build();
    RowType type = types.of(schema, new Struct(schema));
    for (String text : List.of("a\uD83D", "\uD83Da", "\uDE00a")) {
      assertThatThrownBy(() -> type.check(new Struct(schema).put("name", text)))
          .isInstanceOf(BadRowException.class)
          .hasMessage(
              "field 'name' must be a string in which no surrogate stands alone, got String");
    }
    type.check(new Struct(schema).put("name", "a\uD83D\uDE00"));
  }

  /** JSON with schemas may say anything, and its converter does not look. */
  @ParameterizedTest
  @CsvSource({
    "org.apache.kafka.connect.data.Date, INT64, INT32",
    "org.apache.kafka.connect.data.Time, STRING, INT32",
    "org.apache.kafka.connect.data.Timestamp, INT32, INT64",
    "org.apache.kafka.connect.data.Timestamp, FLOAT64, INT64",
    "org.apache.kafka.connect.data.Decimal, STRING, BYTES"
  })
  void refusesLogicalTypesOfAnotherTypeThanTheirs(
      String logical, Schema.Type stated, Schema.Type own) {
    Schema schema =
        SchemaBuilder.struct()
            .field("v", SchemaBuilder.type(stated).name(logical).parameter("scale", "2").build())
            .build();
    assertThatThrownBy(() -> types.of(schema, new Struct(schema)))
        .isInstanceOf(BadRowException.class)
        .hasMessageEndingWith("%s must be of type %s, got %s".formatted(logical, own, stated));
  }

  @Test
  void refusesDatesThatParquetCannotHold() {
    Schema schema =
        SchemaBuilder.struct().field("day", org.apache.kafka.connect.data.Date.SCHEMA).build();
    RowType type = types.of(schema, new Struct(schema));
    long first = Integer.MIN_VALUE * 86_400_000L;
    long last = Integer.MAX_VALUE * 86_400_000L;
    type.check(new Struct(schema).put("day", new Date(first)));
    type.check(new Struct(schema).put("day", new Date(last)));
    for (long millis : new long[] {first - 1, last + 86_400_000L, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> type.check(new Struct(schema).put("day", new Date(millis))))
          .isInstanceOf(BadRowException.class)
          .hasMessage(
              "field 'day' must be a date within 2^31 days of 1970, got %s ms".formatted(millis));
    }
  }

  /**
   * DuckDB converts milliseconds to microseconds, and gives the whole column up for one of them.
   */
  @ParameterizedTest
  @CsvSource({
    "9223372036854775, true",
    "-9223372036854775, true",
    "9223372036854776, false",
    "-9223372036854776, false",
    "9223372036825200000, false"
  })
  void takesTimestampsThatMicrosecondsCanHold(long millis, boolean fits) {
    Schema schema = SchemaBuilder.struct().field("at", Timestamp.SCHEMA).build();
    RowType type = types.of(schema, new Struct(schema));
    Struct value = new Struct(schema).put("at", new Date(millis));
    if (fits) {
      type.check(value);
    } else {
      assertThatThrownBy(() -> type.check(value))
          .isInstanceOf(BadRowException.class)
          .hasMessage(
              "field 'at' must be a timestamp within 292,000 years of 1970, got %s ms"
                  .formatted(millis));
    }
  }

  @Test
  void refusesValuesWithoutColumns() {
    assertThatThrownBy(() -> types.of(null, Map.of("id", "x")))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("must be a struct with a schema")
        .hasMessageContaining("without a schema");
    assertThatThrownBy(() -> types.of(Schema.STRING_SCHEMA, "x"))
        .isInstanceOf(BadRowException.class);
    Schema empty = SchemaBuilder.struct().build();
    assertThatThrownBy(() -> types.of(empty, new Struct(empty)))
        .hasMessageContaining("structs without fields have no Parquet form");
  }

  @Test
  void refusesStructsThatContainThemselves() {
    Cycle next = new Cycle();
    Schema node =
        SchemaBuilder.struct()
            .field("x", Schema.INT32_SCHEMA)
            .field("left", SchemaBuilder.array(next).optional().build())
            .field("right", next)
            .build();
    next.whole = node;
    assertThatThrownBy(() -> types.of(node, new Struct(node).put("x", 1)))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("structs that contain themselves have no Parquet form");
  }

  /** What Confluent's Avro converter makes of a record inside of itself. */
  private static final class Cycle extends ConnectSchema {

    private Schema whole;

    Cycle() {
      super(Type.STRUCT, true, null, null, null, null, null, List.of(), null, null);
    }

    @Override
    public List<Field> fields() {
      return whole.fields();
    }

    @Override
    public Field field(String name) {
      return whole.field(name);
    }

    @Override
    public boolean equals(Object other) {
      return other == this;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }
}
