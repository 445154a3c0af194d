package io.crescendo.connect.s3.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.schemas.Artist;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values and schemas that are not written, and why. */
class AvroRefusalsTest {

  private final AvroRowTypes types = new AvroRowTypes(List.of(Artist.getClassSchema()));

  @Test
  void namesTheBranchThatAUnionDoesNotHave() {
    Schema union =
        SchemaBuilder.record("R")
            .fields()
            .name("either")
            .type()
            .unionOf()
            .intType()
            .and()
            .stringType()
            .endUnion()
            .noDefault()
            .endRecord();
    byte[] bytes = AvroValues.of(union, (byte) 4);
    assertThatThrownBy(() -> new AvroRowTypes(List.of(union)).of(null, bytes).check(bytes))
        .hasMessage("field 'either' must be one of the 2 branches of its union, got 2");
  }

  @Test
  void namesTheFieldInWhichARecordEndsEarly() {
    byte[] whole = AvroValues.artist(List.of("pop"), 1, null);
    byte[] cut = Arrays.copyOf(whole, whole.length - 3);
    assertThatThrownBy(() -> types.of(null, cut).check(cut))
        .isInstanceOf(BadRowException.class)
        .hasMessage("field 'late' must not end early; 0 bytes are left of 1");
  }

  @Test
  void refusesEveryTruncationAndSurvivesEveryFlippedByte() {
    byte[] whole = AvroValues.artist(List.of("dance pop", "soul"), 70, "artists.csv:118");
    RowType type = types.of(null, whole);
    for (int length = AvroRowType.HEADER; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> type.check(cut)).isInstanceOf(BadRowException.class);
    }
    int refused = 0;
    for (int i = AvroRowType.HEADER; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) 0xff;
      try {
        type.check(damaged);
        ParquetFile file = new ParquetFile(type, new Codec(CompressionCodecName.UNCOMPRESSED));
        file.write(damaged);
        file.finish();
      } catch (BadRowException e) {
        refused++;
      }
    }
    assertThat(refused).as("damaged records that were noticed").isBetween(20, whole.length);
  }

  @Test
  void refusesWhatFollowsTheLastField() {
    byte[] whole = AvroValues.artist(List.of(), null, null);
    byte[] more = Arrays.copyOf(whole, whole.length + 2);
    assertThatThrownBy(() -> types.of(null, more).check(more))
        .hasMessage("the value must end with its last field; 2 bytes follow");
  }

  /** Written as they are, they would land, and keep readers from the whole column. */
  @Test
  void refusesTextThatIsNoUtf8() {
    Schema schema =
        SchemaBuilder.record("Texts")
            .fields()
            .requiredString("name")
            .name("tags")
            .type()
            .map()
            .values()
            .stringType()
            .noDefault()
            .endRecord();
    RowType type = AvroRowType.of(schema, 1);
    byte[] wrongText = AvroValues.of(schema, (byte) 4, (byte) 'a', (byte) 0xFF, (byte) 0);
    assertThatThrownBy(() -> type.check(wrongText))
        .isInstanceOf(BadRowException.class)
        .hasMessage("field 'name' must be text in UTF-8, got the byte FF at 1 of 2");
    byte[] wrongKey =
        AvroValues.of(schema, (byte) 0, (byte) 2, (byte) 2, (byte) 0xFF, (byte) 0, (byte) 0);
    assertThatThrownBy(() -> type.check(wrongKey))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("must be text in UTF-8");
    type.check(AvroValues.of(schema, (byte) 4, (byte) 0xC3, (byte) 0xA9, (byte) 0));
  }

  /** As text that is no UTF-8: DuckDB and Trino refuse the whole column for one such value. */
  @ParameterizedTest
  @CsvSource({
    "9999, true",
    "-9999, true",
    "10000, false",
    "-10000, false",
    "123456789012345678901, false"
  })
  void takesDecimalsOfAsManyDigitsAsTheirTypeStates(BigInteger unscaled, boolean fits) {
    byte[] digits = unscaled.toByteArray();
    byte[] padded = new byte[9];
    Arrays.fill(padded, (byte) (unscaled.signum() >> 1));
    System.arraycopy(digits, 0, padded, padded.length - digits.length, digits.length);
    for (Object value : List.of(ByteBuffer.wrap(digits), fixed(padded))) {
      Schema schema = decimal(value);
      GenericRecord row = new GenericData.Record(schema);
      row.put("price", value);
      String text =
          "field 'price' must be a decimal of at most 4 digits, got " + new BigDecimal(unscaled, 2);
      check(row, fits, text);
    }
  }

  @Test
  void refusesADecimalWithoutBytes() {
    Schema schema = decimal(ByteBuffer.allocate(0));
    assertThatThrownBy(() -> AvroRowType.of(schema, 1).check(AvroValues.of(schema, (byte) 0)))
        .hasMessage("field 'price' must be a decimal of at most 4 digits, got 0 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "int, time-millis, 0, true",
    "int, time-millis, 86399999, true",
    "int, time-millis, 86400000, false",
    "int, time-millis, -1, false",
    "long, time-micros, 86399999999, true",
    "long, time-micros, 86400000000, false",
    "long, time-micros, -1, false"
  })
  void takesTimesWithinTheDay(String primitive, String logical, long value, boolean fits) {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Timed", "fields": [
                  {"name": "at", "type": {"type": "%s", "logicalType": "%s"}}]}"""
                    .formatted(primitive, logical));
    GenericRecord row = new GenericData.Record(schema);
    row.put("at", primitive.equals("int") ? (Object) (int) value : (Object) value);
    check(row, fits, "field 'at' must be a time of the day, got %s (%s)".formatted(value, logical));
  }

  /** As Connect's: Debezium's infinity, for one, would keep DuckDB from the whole column. */
  @ParameterizedTest
  @CsvSource({
    "timestamp-millis, 9223372036854775, true",
    "timestamp-millis, -9223372036854775, true",
    "timestamp-millis, 9223372036854776, false",
    "timestamp-millis, 9223372036825200000, false",
    "local-timestamp-millis, -9223372036854776, false",
    "timestamp-micros, 9223372036854775807, true",
    "local-timestamp-micros, -9223372036854775808, true",
    "timestamp-nanos, 9223372036854775807, true"
  })
  void takesTimestampsThatMicrosecondsCanHold(String logical, long value, boolean fits) {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Timed", "fields": [
                  {"name": "at", "type": ["null", {"type": "long", "logicalType": "%s"}]}]}"""
                    .formatted(logical));
    GenericRecord row = new GenericData.Record(schema);
    row.put("at", value);
    String text =
        "field 'at' must be a timestamp within 292,000 years of 1970, got %s ms".formatted(value);
    check(row, fits, text);
  }

  @Test
  void refusesBytesThatAreNotSingleObjectAvro() {
    assertThatThrownBy(() -> types.of(null, "{\"id\":\"x\"}".getBytes(StandardCharsets.UTF_8)))
        .hasMessage(
            "the value must be Avro in single-object encoding, which starts with C3 01, got 7B 22");
  }

  @Test
  void namesTheSchemasItKnowsWhereARecordIsOfAnother() {
    Schema other = SchemaBuilder.record("Other").fields().requiredInt("x").endRecord();
    byte[] bytes = AvroValues.of(other);
    assertThatThrownBy(() -> types.of(null, bytes))
        .hasMessageContaining("must be of a schema in avro.schemas")
        .hasMessageContaining("io.crescendo.schemas.Artist");
  }

  @Test
  void refusesSchemasWithoutAParquetForm() {
    Schema nothing =
        SchemaBuilder.record("R").fields().name("u").type().nullType().noDefault().endRecord();
    assertThatThrownBy(() -> new AvroRowTypes(List.of(nothing)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"null\": a column needs a type");
    Schema recursive =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"n\",\"type\":[\"null\",\"L\"]}]}");
    assertThatThrownBy(() -> new AvroRowTypes(List.of(recursive)))
        .hasMessageContaining("contain themselves");
  }

  /** DuckDB would make doubles of them, which lose digits, and Athena and Trino refuse them. */
  @ParameterizedTest
  @CsvSource({"38, true", "39, false", "50, false"})
  void takesDecimalTypesOfAsManyDigitsAsReadersDo(int digits, boolean fits) {
    for (Schema plain :
        List.of(Schema.create(Schema.Type.BYTES), Schema.createFixed("Price", null, null, 30))) {
      Schema schema =
          SchemaBuilder.record("Priced")
              .fields()
              .name("price")
              .type(LogicalTypes.decimal(digits, 2).addToSchema(plain))
              .noDefault()
              .endRecord();
      if (fits) {
        new AvroRowTypes(List.of(schema));
      } else {
        assertThatThrownBy(() -> new AvroRowTypes(List.of(schema)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("\"precision\":" + digits)
            .hasMessageEndingWith(
                "decimals of more than 38 digits have no form that readers take; state fewer, or a"
                    + " string");
      }
    }
  }

  /** Takes the row, or refuses it with that text. */
  private static void check(GenericRecord row, boolean fits, String text) {
    RowType type = AvroRowType.of(row.getSchema(), 1);
    byte[] bytes = AvroValues.of(row);
    if (fits) {
      type.check(bytes);
    } else {
      assertThatThrownBy(() -> type.check(bytes))
          .isInstanceOf(BadRowException.class)
          .hasMessage(text);
    }
  }

  private static GenericData.Fixed fixed(byte[] bytes) {
    return new GenericData.Fixed(Schema.createFixed("Price", null, null, bytes.length), bytes);
  }

  /** A record with a decimal of four digits, two of them behind the point, of such bytes. */
  private static Schema decimal(Object value) {
    Schema plain =
        value instanceof GenericData.Fixed fixed
            ? Schema.createFixed("Price", null, null, fixed.bytes().length)
            : Schema.create(Schema.Type.BYTES);
    return SchemaBuilder.record("Priced")
        .fields()
        .name("price")
        .type(LogicalTypes.decimal(4, 2).addToSchema(plain))
        .noDefault()
        .endRecord();
  }
}
