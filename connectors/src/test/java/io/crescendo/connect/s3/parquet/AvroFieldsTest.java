package io.crescendo.connect.s3.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.connect.s3.layout.Timestamps;
import io.crescendo.schemas.Artist;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single fields of a value, as paths and times need them. */
class AvroFieldsTest {

  @Test
  void readsSingleFieldsForPathsAndTimes() {
    byte[] value = AvroValues.artist(List.of("pop", "rap"), 70, null);
    RowType type = new AvroRowTypes(List.of(Artist.getClassSchema())).of(null, value);
    assertThat(type.field("id").read(value)).isEqualTo("a1");
    assertThat(type.field("observed_at").read(value)).isEqualTo(new Date(1_700_000_000_000L));
    assertThat(type.field("late").read(value)).isEqualTo(false);
    assertThat(type.field("source").read(value)).isNull();
    assertThatThrownBy(() -> type.field("nothing")).hasMessageContaining("no such field");
    assertThatThrownBy(() -> type.field("genres").read(value))
        .hasMessage(
            "field 'genres' must be a number, a string, a boolean or a time to be used in a path");
  }

  @ParameterizedTest
  @CsvSource({
    "long, timestamp-millis, 1700000000123, 1700000000123",
    "long, timestamp-micros, 1700000000123456, 1700000000123",
    "long, timestamp-micros, -1, -1",
    "long, timestamp-nanos, 1700000000123456789, 1700000000123",
    "long, local-timestamp-micros, 1700000000123456, 1700000000123",
    "int, date, 19675, 1699920000000"
  })
  void readsTimesInTheUnitThatTheirSchemaStates(
      String type, String logical, long value, long millis) {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Timed", "fields": [
                  {"name": "at", "type": ["null", {"type": "%s", "logicalType": "%s"}]}]}"""
                    .formatted(type, logical));
    GenericRecord row = new GenericData.Record(schema);
    row.put("at", type.equals("int") ? (Object) (int) value : (Object) value);
    SinkRecord record =
        new SinkRecord(
            "t", 0, null, null, null, AvroValues.of(row), 0, 5L, TimestampType.CREATE_TIME);
    RowType rows = new AvroRowTypes(List.of(schema)).of(null, record.value());
    assertThat(Timestamps.ofField("at").millis(record, rows)).isEqualTo(millis);
  }

  @Test
  void readsADateAsADate() {
    Schema schema =
        SchemaBuilder.record("Dated")
            .fields()
            .name("day")
            .type(LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)))
            .noDefault()
            .endRecord();
    GenericRecord row = new GenericData.Record(schema);
    row.put("day", 20_000);
    byte[] bytes = AvroValues.of(row);
    RowType type = new AvroRowTypes(List.of(schema)).of(null, bytes);
    assertThat(type.field("day").read(bytes)).isEqualTo(LocalDate.parse("2024-10-04"));
  }

  @Test
  void readsFieldsOfANullableRecordAndFractions() {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Outer", "fields": [
                  {"name": "inner", "type": ["null", {"type": "record", "name": "Inner", "fields": [
                    {"name": "before", "type": "string"}, {"name": "x", "type": "float"}]}]}]}""");
    GenericRecord inner =
        new GenericData.Record(schema.getField("inner").schema().getTypes().get(1));
    inner.put("before", "b");
    inner.put("x", 1.5f);
    for (GenericRecord value : Arrays.asList(inner, null)) {
      GenericRecord row = new GenericData.Record(schema);
      row.put("inner", value);
      byte[] bytes = AvroValues.of(row);
      RowType type = new AvroRowTypes(List.of(schema)).of(null, bytes);
      assertThat(type.field("inner.x").read(bytes)).isEqualTo(value == null ? null : 1.5f);
      assertThatThrownBy(() -> type.field("inner.y")).hasMessageContaining("no such field");
    }
  }
}
