package io.crescendo.connect.s3.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.schemas.Artist;
import io.crescendo.schemas.AvroSerde;
import io.crescendo.schemas.GenreFollowers;
import io.crescendo.schemas.Reject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AvroRowTypesTest {

  private static final Schema EVERYTHING =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Everything", "fields": [
                {"name": "a_boolean", "type": "boolean"},
                {"name": "an_int", "type": "int"},
                {"name": "a_long", "type": "long"},
                {"name": "a_float", "type": "float"},
                {"name": "a_double", "type": "double"},
                {"name": "some_bytes", "type": "bytes"},
                {"name": "a_string", "type": "string"},
                {"name": "a_fixed", "type": {"type": "fixed", "name": "Four", "size": 4}},
                {"name": "an_enum", "type": {"type": "enum", "name": "Tier", "symbols": ["LOW", "HIGH"]}},
                {"name": "a_nullable", "type": ["null", "long"]},
                {"name": "null_last", "type": ["string", "null"]},
                {"name": "a_record", "type": {"type": "record", "name": "Inner", "fields": [
                  {"name": "x", "type": "int"}, {"name": "y", "type": ["null", "string"]}]}},
                {"name": "a_nullable_record", "type": ["null", "Inner"]},
                {"name": "an_array", "type": {"type": "array", "items": "string"}},
                {"name": "of_nullables", "type": {"type": "array", "items": ["null", "int"]}},
                {"name": "of_records", "type": {"type": "array", "items": "Inner"}},
                {"name": "of_arrays", "type": {"type": "array", "items": {"type": "array", "items": "int"}}},
                {"name": "a_map", "type": {"type": "map", "values": "long"}},
                {"name": "a_map_of_nullables", "type": ["null", {"type": "map", "values": ["null", "Inner"]}]}
              ]}""");

  private static final Schema LOGICAL =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Logical", "fields": [
                {"name": "day", "type": {"type": "int", "logicalType": "date"}},
                {"name": "clock", "type": {"type": "int", "logicalType": "time-millis"}},
                {"name": "clock_us", "type": {"type": "long", "logicalType": "time-micros"}},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "at_us", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "local", "type": {"type": "long", "logicalType": "local-timestamp-millis"}},
                {"name": "uuid", "type": {"type": "string", "logicalType": "uuid"}},
                {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}},
                {"name": "rate", "type": {"type": "fixed", "name": "Nine", "size": 9, "logicalType": "decimal", "precision": 20, "scale": 4}}
              ]}""");

  private static final Schema UNIONS =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Unions", "fields": [
                {"name": "either", "type": ["int", "string"]},
                {"name": "maybe", "type": ["string", "null", "long",
                  {"type": "record", "name": "Pair", "fields": [
                    {"name": "a", "type": "int"}, {"name": "b", "type": ["null", "string"]}]}]},
                {"name": "list", "type": {"type": "array", "items": ["null", "int", "boolean"]}},
                {"name": "map", "type": {"type": "map", "values": ["double", "Pair"]}},
                {"name": "only", "type": ["long"]},
                {"name": "after", "type": "string"}
              ]}""");

  private final AvroRowTypes types = new AvroRowTypes(schemas());

  private static List<Schema> schemas() {
    return List.of(
        Artist.getClassSchema(),
        GenreFollowers.getClassSchema(),
        Reject.getClassSchema(),
        EVERYTHING,
        LOGICAL,
        UNIONS);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
  void writesArtistsWithEveryCodec(CompressionCodecName codec) {
    byte[] full = AvroValues.artist(List.of("dance pop", "soul"), 70, "artists.csv:118");
    byte[] bare = AvroValues.artist(List.of(), null, null);
    byte[] file = write(codec, full, bare);
    List<GenericRecord> rows = Rows.read(file);
    assertThat(rows).hasSize(2);
    GenericRecord first = rows.get(0);
    assertThat(first.get("id")).hasToString("a1");
    assertThat(first.get("genres").toString()).isEqualTo("[dance pop, soul]");
    assertThat(first.get("popularity")).isEqualTo(70);
    assertThat(first.get("followers")).isEqualTo(115_998_928L);
    assertThat(first.get("source")).hasToString("artists.csv:118");
    assertThat(first.get("late")).isEqualTo(false);
    assertThat(first.get("observed_at")).isEqualTo(1_700_000_000_000L);
    GenericRecord second = rows.get(1);
    assertThat((List<?>) second.get("genres")).isEmpty();
    assertThat(second.get("popularity")).isNull();
    assertThat(Rows.footer(file).getBlocks().get(0).getColumns())
        .allSatisfy(c -> assertThat(c.getCodec()).isEqualTo(codec));
  }

  @Test
  void writesTotalsAndRejects() {
    byte[] totals =
        AvroSerde.of(GenreFollowers.class)
            .serializer()
            .serialize(
                "t",
                GenreFollowers.newBuilder()
                    .setGenre("pop")
                    .setArtists(151)
                    .setFollowers(7)
                    .setAveragePopularity(61.5)
                    .setAsOf(Instant.ofEpochMilli(5))
                    .setReportedAt(Instant.ofEpochMilli(5))
                    .build());
    GenericRecord row = Rows.read(write(CompressionCodecName.ZSTD, totals)).get(0);
    assertThat(row.get("average_popularity")).isEqualTo(61.5);
    assertThat(row.get("top_artist_id")).isNull();
    byte[] reject =
        AvroSerde.of(Reject.class)
            .serializer()
            .serialize(
                "t",
                Reject.newBuilder()
                    .setReason("not_json")
                    .setMessage("garbage")
                    .setRawValue(ByteBuffer.wrap(new byte[] {1, -1}))
                    .setKafkaPartition(3)
                    .setRejectedAt(Instant.ofEpochMilli(5))
                    .build());
    row = Rows.read(write(CompressionCodecName.ZSTD, reject)).get(0);
    assertThat(row.get("raw_value")).isEqualTo(ByteBuffer.wrap(new byte[] {1, -1}));
    assertThat(row.get("kafka_partition")).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void givesTheColumnsThatParquetAvroGives(Schema avro) {
    PlainParquetConfiguration configuration = new PlainParquetConfiguration();
    configuration.setBoolean("parquet.avro.write-old-list-structure", false);
    MessageType expected = new AvroSchemaConverter(configuration).convert(avro);
    assertThat(AvroRowType.of(avro, 1).columns()).isEqualTo(expected);
  }

  @Test
  void writesEveryAvroType() {
    GenericRecord inner = inner(1, "one");
    GenericRecord bare = inner(2, null);
    GenericData.Record row = new GenericData.Record(EVERYTHING);
    row.put("a_boolean", true);
    row.put("an_int", Integer.MIN_VALUE);
    row.put("a_long", Long.MAX_VALUE);
    row.put("a_float", -1.5f);
    row.put("a_double", Double.MIN_VALUE);
    row.put("some_bytes", ByteBuffer.wrap(new byte[] {0, 1, 2}));
    row.put("a_string", "Björk \u200b");
    row.put(
        "a_fixed",
        new GenericData.Fixed(EVERYTHING.getField("a_fixed").schema(), new byte[] {9, 8, 7, 6}));
    row.put("an_enum", new GenericData.EnumSymbol(EVERYTHING.getField("an_enum").schema(), "HIGH"));
    row.put("a_nullable", 5L);
    row.put("null_last", null);
    row.put("a_record", inner);
    row.put("a_nullable_record", bare);
    row.put("an_array", List.of("a", "b"));
    row.put("of_nullables", Arrays.asList(1, null, 3));
    row.put("of_records", List.of(inner, bare));
    row.put("of_arrays", List.of(List.of(1, 2), List.of(), List.of(3)));
    row.put("a_map", Map.of("k", 7L));
    row.put("a_map_of_nullables", Map.of("k", bare));
    assertThat(roundTrip(row).toString()).isEqualTo(row.toString());
    row.put("a_nullable", null);
    row.put("null_last", "x");
    row.put("a_nullable_record", null);
    row.put("an_array", List.of());
    row.put("a_map", Map.of());
    row.put("a_map_of_nullables", null);
    assertThat(roundTrip(row).toString()).isEqualTo(row.toString());
  }

  @Test
  void writesLogicalTypesAsTheyAre() {
    GenericData.Record row = new GenericData.Record(LOGICAL);
    row.put("day", 20_000);
    row.put("clock", 1000);
    row.put("clock_us", 1_000_000L);
    row.put("at", 1_700_000_000_000L);
    row.put("at_us", 1_700_000_000_000_000L);
    row.put("local", -5L);
    row.put("uuid", "6f7fbb7f-6d0c-4a29-9c0b-9d4bb5c02f6e");
    row.put("price", ByteBuffer.wrap(new byte[] {-1, 0}));
    row.put("rate", new GenericData.Fixed(LOGICAL.getField("rate").schema(), new byte[9]));
    assertThat(roundTrip(row).toString()).isEqualTo(row.toString());
  }

  @Test
  void givesLogicalTypesThatParquetAvroDoesNotKnow() {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "R", "fields": [
                  {"name": "id", "type": {"type": "fixed", "name": "Id", "size": 16, "logicalType": "uuid"}},
                  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-nanos"}}
                ]}""");
    assertThat(AvroRowType.of(schema, 1).columns().toString())
        .contains("required fixed_len_byte_array(16) id (UUID)")
        .contains("required int64 at (TIMESTAMP(NANOS,true))");
  }

  @Test
  void writesUnionsOfSeveralTypesAsParquetAvroDoes() {
    Schema pair = UNIONS.getField("maybe").schema().getTypes().get(3);
    GenericData.Record value = new GenericData.Record(pair);
    value.put("a", 1);
    value.put("b", "two");
    GenericData.Record row = new GenericData.Record(UNIONS);
    row.put("either", 5);
    row.put("maybe", value);
    row.put("list", Arrays.asList(7, null, true));
    row.put("map", Map.of("k", value));
    row.put("only", 9L);
    row.put("after", "end");
    assertThat(roundTrip(row))
        .hasToString(
            """
            {"either": {"member0": 5, "member1": null}, "maybe": {"member0": null, "member1": null,\
             "member2": {"a": 1, "b": "two"}}, "list": [{"member0": 7, "member1": null}, null,\
             {"member0": null, "member1": true}], "map": {"k": {"member0": null,\
             "member1": {"a": 1, "b": "two"}}}, "only": {"member0": 9}, "after": "end"}""");
    row.put("either", "text");
    row.put("maybe", null);
    assertThat(roundTrip(row))
        .asString()
        .startsWith("{\"either\": {\"member0\": null, \"member1\": \"text\"}, \"maybe\": null, ");
  }

  @Test
  void readsArraysInBlocksThatStateTheirSize() throws Exception {
    Schema schema =
        SchemaBuilder.record("R")
            .fields()
            .name("a")
            .type()
            .array()
            .items()
            .intType()
            .noDefault()
            .endRecord();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(body, null);
    encoder.writeLong(-2);
    encoder.writeLong(2);
    encoder.writeInt(1);
    encoder.writeInt(2);
    encoder.writeLong(1);
    encoder.writeInt(3);
    encoder.writeLong(0);
    encoder.flush();
    byte[] bytes = AvroValues.of(schema, body.toByteArray());
    AvroRowTypes one = new AvroRowTypes(List.of(schema));
    assertThat(Rows.read(write(one, CompressionCodecName.ZSTD, bytes)).get(0).get("a").toString())
        .isEqualTo("[1, 2, 3]");
  }

  private byte[] write(CompressionCodecName codec, byte[]... values) {
    return write(types, codec, values);
  }

  private static byte[] write(AvroRowTypes types, CompressionCodecName codec, byte[]... values) {
    RowType type = types.of(null, values[0]);
    try (Codec compression = new Codec(codec)) {
      ParquetFile file = new ParquetFile(type, compression);
      for (byte[] value : values) {
        assertThat(types.of(null, value)).isSameAs(type);
        type.check(value);
        file.write(value);
      }
      return Rows.bytes(file.finish());
    }
  }

  private GenericRecord roundTrip(GenericRecord row) {
    return Rows.read(write(CompressionCodecName.ZSTD, AvroValues.of(row))).get(0);
  }

  private static GenericRecord inner(int x, String y) {
    GenericData.Record inner = new GenericData.Record(EVERYTHING.getField("a_record").schema());
    inner.put("x", x);
    inner.put("y", y);
    return inner;
  }
}
