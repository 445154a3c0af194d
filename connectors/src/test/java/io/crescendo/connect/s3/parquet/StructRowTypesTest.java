package io.crescendo.connect.s3.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;

class StructRowTypesTest {

  static final Schema INNER =
      SchemaBuilder.struct()
          .name("Inner")
          .field("x", Schema.INT32_SCHEMA)
          .field("y", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private static final Schema OPTIONAL_INNER =
      SchemaBuilder.struct()
          .name("Inner")
          .optional()
          .field("x", Schema.INT32_SCHEMA)
          .field("y", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private final StructRowTypes types = new StructRowTypes();

  @Test
  void writesEveryPrimitive() {
    Schema schema =
        SchemaBuilder.struct()
            .field("i8", Schema.INT8_SCHEMA)
            .field("i16", Schema.INT16_SCHEMA)
            .field("i32", Schema.INT32_SCHEMA)
            .field("i64", Schema.INT64_SCHEMA)
            .field("f32", Schema.FLOAT32_SCHEMA)
            .field("f64", Schema.FLOAT64_SCHEMA)
            .field("flag", Schema.BOOLEAN_SCHEMA)
            .field("text", Schema.STRING_SCHEMA)
            .field("array", Schema.BYTES_SCHEMA)
            .field("buffer", Schema.BYTES_SCHEMA)
            .build();
    Struct value =
        new Struct(schema)
            .put("i8", Byte.MIN_VALUE)
            .put("i16", Short.MAX_VALUE)
            .put("i32", -5)
            .put("i64", Long.MIN_VALUE)
            .put("f32", 1.5f)
            .put("f64", -2.5)
            .put("flag", true)
            .put("text", "Sigur Rós")
            .put("array", new byte[] {1, 2})
            .put("buffer", ByteBuffer.wrap(new byte[] {3}));
    GenericRecord row = roundTrip(value);
    assertThat(row.get("i8")).isEqualTo((int) Byte.MIN_VALUE);
    assertThat(row.get("i16")).isEqualTo((int) Short.MAX_VALUE);
    assertThat(row.get("i32")).isEqualTo(-5);
    assertThat(row.get("i64")).isEqualTo(Long.MIN_VALUE);
    assertThat(row.get("f32")).isEqualTo(1.5f);
    assertThat(row.get("f64")).isEqualTo(-2.5);
    assertThat(row.get("flag")).isEqualTo(true);
    assertThat(row.get("text")).hasToString("Sigur Rós");
    assertThat(row.get("array")).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    assertThat(row.get("buffer")).isEqualTo(ByteBuffer.wrap(new byte[] {3}));
  }

  @Test
  void writesLogicalTypes() {
    Schema schema =
        SchemaBuilder.struct()
            .field("day", org.apache.kafka.connect.data.Date.SCHEMA)
            .field("clock", Time.SCHEMA)
            .field("at", Timestamp.SCHEMA)
            .field("price", Decimal.schema(2))
            .field("debt", Decimal.builder(2).parameter("connect.decimal.precision", "5").build())
            .build();
    Struct value =
        new Struct(schema)
            .put("day", Date.from(Instant.parse("1969-12-31T00:00:00Z")))
            .put("clock", new Date(3_600_000))
            .put("at", new Date(1_700_000_000_123L))
            .put("price", new BigDecimal("12345678901234567890123456789012345.67"))
            .put("debt", new BigDecimal("-999.99"));
    byte[] file = write(value);
    GenericRecord row = Rows.read(file).get(0);
    assertThat(row.get("day")).isEqualTo(-1);
    assertThat(row.get("clock")).isEqualTo(3_600_000);
    assertThat(row.get("at")).isEqualTo(1_700_000_000_123L);
    assertThat(unscaled(row.get("price")))
        .isEqualTo(new BigDecimal("1234567890123456789012345678901234567").unscaledValue());
    assertThat(unscaled(row.get("debt"))).isEqualTo(BigDecimal.valueOf(-99_999).unscaledValue());
    assertThat(Rows.footer(file).getFileMetaData().getSchema().toString())
        .contains("int32 day (DATE)")
        .contains("int32 clock (TIME(MILLIS,true))")
        .contains("int64 at (TIMESTAMP(MILLIS,true))")
        .contains("price (DECIMAL(38,2))")
        .contains("debt (DECIMAL(5,2))");
  }

  @Test
  void writesNestedTypesAndNulls() {
    Schema schema =
        SchemaBuilder.struct()
            .field("inner", INNER)
            .field("none", OPTIONAL_INNER)
            .field("texts", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
            .field("gaps", SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA).build())
            .field("inners", SchemaBuilder.array(INNER).build())
            .field("map", SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT64_SCHEMA).build())
            .field("optionals", SchemaBuilder.map(Schema.STRING_SCHEMA, OPTIONAL_INNER).build())
            .build();
    Struct inner = new Struct(INNER).put("x", 1).put("y", "one");
    Struct bare = new Struct(INNER).put("x", 2);
    Struct value =
        new Struct(schema)
            .put("inner", inner)
            .put("texts", List.of("a", "b"))
            .put("gaps", Arrays.asList(1, null, 3))
            .put("inners", List.of(inner, bare))
            .put("map", Map.of("k", 7L))
            .put("optionals", Collections.singletonMap("four", null));
    byte[] file = write(value);
    GenericRecord row = Rows.read(file).get(0);
    assertThat(row.get("inner")).hasToString("{\"x\": 1, \"y\": \"one\"}");
    assertThat(row.get("none")).isNull();
    assertThat(row.get("texts")).hasToString("[a, b]");
    assertThat(row.get("gaps")).hasToString("[1, null, 3]");
    assertThat(row.get("inners"))
        .hasToString("[{\"x\": 1, \"y\": \"one\"}, {\"x\": 2, \"y\": null}]");
    assertThat(row.get("map")).hasToString("{k=7}");
    assertThat(row.get("optionals")).hasToString("{four=null}");
    assertThat(Rows.footer(file).getFileMetaData().getSchema().toString())
        .contains("repeated group list")
        .contains("required binary element (STRING)")
        .contains("repeated group key_value");
  }

  @Test
  void writesMapsOfSeveralEntriesInLists() {
    Schema map = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_INT64_SCHEMA).build();
    Schema schema =
        SchemaBuilder.struct()
            .field("maps", SchemaBuilder.array(map).build())
            .field("after", Schema.INT32_SCHEMA)
            .build();
    Map<String, Long> three = new LinkedHashMap<>();
    three.put("a", 1L);
    three.put("b", null);
    three.put("c", 3L);
    byte[] file =
        write(
            new Struct(schema)
                .put("maps", List.of(three, Map.of(), Map.of("d", 4L)))
                .put("after", 1),
            new Struct(schema).put("maps", List.of()).put("after", 2),
            new Struct(schema).put("maps", List.of(three)).put("after", 3));
    assertThat(Rows.read(file))
        .extracting(Object::toString)
        .containsExactly(
            "{\"maps\": [{\"a\": 1, \"b\": null, \"c\": 3}, {}, {\"d\": 4}], \"after\": 1}",
            "{\"maps\": [], \"after\": 2}",
            "{\"maps\": [{\"a\": 1, \"b\": null, \"c\": 3}], \"after\": 3}");
  }

  @Test
  void writesEmptyListsAndMapsAndReadsOptionalsAsNull() {
    Schema schema =
        SchemaBuilder.struct()
            .field("texts", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
            .field(
                "map",
                SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).optional().build())
            .field("n", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    GenericRecord row = roundTrip(new Struct(schema).put("texts", List.of()));
    assertThat((List<?>) row.get("texts")).isEmpty();
    assertThat(row.get("map")).isNull();
    assertThat(row.get("n")).isNull();
  }

  @Test
  void writesEveryTypeAsNullWhereItIsOptional() {
    SchemaBuilder builder = SchemaBuilder.struct();
    for (Schema.Type type : Schema.Type.values()) {
      if (type.isPrimitive()) {
        builder.field(type.getName(), SchemaBuilder.type(type).optional().build());
      }
    }
    Schema schema =
        builder
            .field("day", org.apache.kafka.connect.data.Date.builder().optional().build())
            .field("clock", Time.builder().optional().build())
            .field("at", Timestamp.builder().optional().build())
            .field("price", Decimal.builder(2).optional().build())
            .field("inner", OPTIONAL_INNER)
            .field("list", SchemaBuilder.array(INNER).optional().build())
            .field("map", SchemaBuilder.map(Schema.STRING_SCHEMA, INNER).optional().build())
            .build();
    GenericRecord row = roundTrip(new Struct(schema));
    assertThat(row.getSchema().getFields()).hasSize(16);
    assertThat(row.getSchema().getFields())
        .allSatisfy(field -> assertThat(row.get(field.name())).as(field.name()).isNull());
  }

  @Test
  void writesLogicalTypesInsideOfNestedOnes() {
    Schema price = Decimal.builder(1).parameter("connect.decimal.precision", "4").build();
    Schema sale =
        SchemaBuilder.struct().field("at", Timestamp.SCHEMA).field("price", price).build();
    Schema days =
        SchemaBuilder.map(
                Schema.STRING_SCHEMA,
                SchemaBuilder.array(org.apache.kafka.connect.data.Date.SCHEMA).build())
            .build();
    Schema schema =
        SchemaBuilder.struct()
            .field("sales", SchemaBuilder.array(sale).build())
            .field("days", days)
            .field("raw", SchemaBuilder.array(Schema.BYTES_SCHEMA).build())
            .build();
    Struct value =
        new Struct(schema)
            .put(
                "sales",
                List.of(
                    new Struct(sale).put("at", new Date(5)).put("price", new BigDecimal("1.5"))))
            .put("days", Map.of("first", List.of(new Date(0), new Date(86_400_000))))
            .put("raw", List.of(new byte[] {1}, ByteBuffer.wrap(new byte[] {2})));
    GenericRecord row = roundTrip(value);
    GenericRecord read = (GenericRecord) ((List<?>) row.get("sales")).get(0);
    assertThat(read.get("at")).isEqualTo(5L);
    assertThat(unscaled(read.get("price"))).isEqualTo(BigDecimal.valueOf(15).unscaledValue());
    assertThat(row.get("days")).hasToString("{first=[0, 1]}");
    assertThat(row.get("raw"))
        .isEqualTo(List.of(ByteBuffer.wrap(new byte[] {1}), ByteBuffer.wrap(new byte[] {2})));
  }

  @Test
  void writesMapsWithKeysThatAreNoStrings() {
    Schema schema =
        SchemaBuilder.struct()
            .field("m", SchemaBuilder.map(Schema.OPTIONAL_INT32_SCHEMA, Schema.BOOLEAN_SCHEMA))
            .build();
    byte[] file = write(new Struct(schema).put("m", Map.of(4, true)));
    assertThat(Rows.footer(file).getFileMetaData().getSchema().toString())
        .contains("required int32 key");
    assertThat(Rows.footer(file).getBlocks().get(0).getColumns().get(0).getValueCount()).isOne();
    RowType type = types.of(schema, new Struct(schema));
    Struct nullKey = new Struct(schema).put("m", Collections.singletonMap(null, true));
    assertThatThrownBy(() -> type.check(nullKey)).hasMessage("field 'm.key' must not be null");
  }

  @Test
  void givesTheSameTypeForEqualSchemasAndAnotherForAnother() {
    Schema one = SchemaBuilder.struct().field("x", Schema.INT32_SCHEMA).build();
    Schema same = SchemaBuilder.struct().field("x", Schema.INT32_SCHEMA).build();
    Schema other = SchemaBuilder.struct().field("x", Schema.INT64_SCHEMA).build();
    RowType type = types.of(one, new Struct(one));
    assertThat(types.of(other, new Struct(other))).isNotSameAs(type);
    assertThat(types.of(same, new Struct(same))).isSameAs(type);
  }

  @Test
  void readsAFieldWithADotInItsName() {
    Schema schema =
        SchemaBuilder.struct()
            .field("followers.total", Schema.INT64_SCHEMA)
            .field("a.b", OPTIONAL_INNER)
            .field("a", OPTIONAL_INNER)
            .build();
    Struct value =
        new Struct(schema)
            .put("followers.total", 5L)
            .put("a.b", new Struct(OPTIONAL_INNER).put("x", 3))
            .put("a", new Struct(OPTIONAL_INNER).put("x", 4));
    RowType type = types.of(schema, value);
    assertThat(type.field("followers.total").read(value)).isEqualTo(5L);
    assertThat(type.field("a.x").read(value)).isEqualTo(4);
  }

  @Test
  void readsSingleFieldsForPathsAndTimes() {
    Schema schema = SchemaBuilder.struct().field("inner", OPTIONAL_INNER).build();
    Struct value = new Struct(schema).put("inner", new Struct(OPTIONAL_INNER).put("x", 3));
    RowType type = types.of(schema, value);
    assertThat(type.field("inner.x").read(value)).isEqualTo(3);
    assertThat(type.field("inner.x").read(new Struct(schema))).isNull();
    assertThatThrownBy(() -> type.field("inner.z")).hasMessageContaining("no such field");
  }

  private GenericRecord roundTrip(Struct value) {
    return Rows.read(write(value)).get(0);
  }

  private byte[] write(Struct... values) {
    RowType type = types.of(values[0].schema(), values[0]);
    ParquetFile file = new ParquetFile(type, new Codec(CompressionCodecName.ZSTD));
    for (Struct value : values) {
      type.check(value);
      file.write(value);
    }
    return Rows.bytes(file.finish());
  }

  private static java.math.BigInteger unscaled(Object fixed) {
    return new java.math.BigInteger(((GenericFixed) fixed).bytes());
  }
}
