package io.crescendo.connect.s3.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.connect.s3.layout.Timestamps;
import io.crescendo.schemas.Artist;
import io.crescendo.schemas.AvroSerde;
import io.crescendo.schemas.GenreFollowers;
import io.crescendo.schemas.Reject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  private final AvroRowTypes types =
      new AvroRowTypes(
          List.of(
              Artist.getClassSchema(),
              GenreFollowers.getClassSchema(),
              Reject.getClassSchema(),
              EVERYTHING,
              LOGICAL,
              UNIONS));

  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
  void writesArtistsWithEveryCodec(CompressionCodecName codec) {
    byte[] full = artist(List.of("dance pop", "soul"), 70, "artists.csv:118");
    byte[] bare = artist(List.of(), null, null);
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
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void givesTheColumnsThatParquetAvroGives(int schema) {
    Schema avro =
        List.of(
                Artist.getClassSchema(),
                GenreFollowers.getClassSchema(),
                Reject.getClassSchema(),
                EVERYTHING,
                LOGICAL,
                UNIONS)
            .get(schema);
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
    assertThat(roundTrip(EVERYTHING, row).toString()).isEqualTo(row.toString());
    row.put("a_nullable", null);
    row.put("null_last", "x");
    row.put("a_nullable_record", null);
    row.put("an_array", List.of());
    row.put("a_map", Map.of());
    row.put("a_map_of_nullables", null);
    assertThat(roundTrip(EVERYTHING, row).toString()).isEqualTo(row.toString());
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
    assertThat(roundTrip(LOGICAL, row).toString()).isEqualTo(row.toString());
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
    assertThat(roundTrip(UNIONS, row))
        .hasToString(
            """
            {"either": {"member0": 5, "member1": null}, "maybe": {"member0": null, "member1": null,\
             "member2": {"a": 1, "b": "two"}}, "list": [{"member0": 7, "member1": null}, null,\
             {"member0": null, "member1": true}], "map": {"k": {"member0": null,\
             "member1": {"a": 1, "b": "two"}}}, "only": {"member0": 9}, "after": "end"}""");
    row.put("either", "text");
    row.put("maybe", null);
    assertThat(roundTrip(UNIONS, row))
        .asString()
        .startsWith("{\"either\": {\"member0\": null, \"member1\": \"text\"}, \"maybe\": null, ");
  }

  @Test
  void namesTheBranchThatAUnionDoesNotHave() throws Exception {
    byte[] header = header(UNIONS);
    byte[] bytes = Arrays.copyOf(header, header.length + 1);
    bytes[header.length] = 4;
    assertThatThrownBy(() -> types.of(null, bytes).check(bytes))
        .hasMessage("field 'either' must be one of the 2 branches of its union, got 2");
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
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(header(schema));
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    encoder.writeLong(-2);
    encoder.writeLong(2);
    encoder.writeInt(1);
    encoder.writeInt(2);
    encoder.writeLong(1);
    encoder.writeInt(3);
    encoder.writeLong(0);
    encoder.flush();
    AvroRowTypes one = new AvroRowTypes(List.of(schema));
    RowType type = one.of(null, out.toByteArray());
    type.check(out.toByteArray());
    ParquetFile file = new ParquetFile(type, new Codec(CompressionCodecName.ZSTD));
    file.write(out.toByteArray());
    assertThat(Rows.read(Rows.bytes(file.finish())).get(0).get("a").toString())
        .isEqualTo("[1, 2, 3]");
  }

  @Test
  void namesTheFieldInWhichARecordEndsEarly() {
    byte[] whole = artist(List.of("pop"), 1, null);
    byte[] cut = Arrays.copyOf(whole, whole.length - 3);
    assertThatThrownBy(() -> types.of(null, cut).check(cut))
        .isInstanceOf(BadRowException.class)
        .hasMessage("field 'late' must not end early; 0 bytes are left of 1");
  }

  @Test
  void refusesEveryTruncationAndSurvivesEveryFlippedByte() {
    byte[] whole = artist(List.of("dance pop", "soul"), 70, "artists.csv:118");
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
    byte[] whole = artist(List.of(), null, null);
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
    byte[] header = new byte[AvroRowType.HEADER];
    byte[] wrongText = concat(header, new byte[] {4, 'a', (byte) 0xFF, 0});
    assertThatThrownBy(() -> type.check(wrongText))
        .isInstanceOf(BadRowException.class)
        .hasMessage("field 'name' must be text in UTF-8, got the byte FF at 1 of 2");
    byte[] wrongKey = concat(header, new byte[] {0, 2, 2, (byte) 0xFF, 0, 0});
    assertThatThrownBy(() -> type.check(wrongKey))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("must be text in UTF-8");
    type.check(concat(header, new byte[] {4, (byte) 0xC3, (byte) 0xA9, 0}));
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Test
  void refusesBytesThatAreNotSingleObjectAvro() {
    assertThatThrownBy(() -> types.of(null, "{\"id\":\"x\"}".getBytes(StandardCharsets.UTF_8)))
        .hasMessage(
            "the value must be Avro in single-object encoding, which starts with C3 01, got 7B 22");
  }

  @Test
  void namesTheSchemasItKnowsWhereARecordIsOfAnother() throws Exception {
    Schema other = SchemaBuilder.record("Other").fields().requiredInt("x").endRecord();
    byte[] bytes = header(other);
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

  @Test
  void readsSingleFieldsForPathsAndTimes() {
    byte[] value = artist(List.of("pop", "rap"), 70, null);
    RowType type = types.of(null, value);
    assertThat(type.field("id").read(value)).isEqualTo("a1");
    assertThat(type.field("observed_at").read(value)).isEqualTo(new Date(1_700_000_000_000L));
    assertThat(type.field("late").read(value)).isEqualTo(false);
    assertThat(type.field("source").read(value)).isNull();
    assertThatThrownBy(() -> type.field("nothing")).hasMessageContaining("no such field");
    assertThatThrownBy(() -> type.field("genres").read(value))
        .hasMessage(
            "field 'genres' must be a number, a string, a boolean or a time to be used in a path");
  }

  private byte[] write(CompressionCodecName codec, byte[]... values) {
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

  private GenericRecord roundTrip(Schema schema, GenericRecord row) {
    try {
      ByteBuffer encoded =
          new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(row);
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return Rows.read(write(CompressionCodecName.ZSTD, bytes)).get(0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] header(Schema schema) throws IOException {
    GenericRecord empty = new GenericData.Record(schema);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (schema.getField("x") != null) {
      empty.put("x", 1);
      new GenericDatumWriter<GenericRecord>(schema)
          .write(empty, EncoderFactory.get().directBinaryEncoder(body, null));
    }
    ByteBuffer header = ByteBuffer.allocate(10).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0xC3).put((byte) 1);
    header.putLong(org.apache.avro.SchemaNormalization.parsingFingerprint64(schema));
    return header.array();
  }

  private static GenericRecord inner(int x, String y) {
    GenericData.Record inner = new GenericData.Record(EVERYTHING.getField("a_record").schema());
    inner.put("x", x);
    inner.put("y", y);
    return inner;
  }

  private static byte[] artist(List<String> genres, Integer popularity, String source) {
    Instant observed = Instant.ofEpochMilli(1_700_000_000_000L);
    return AvroSerde.of(Artist.class)
        .serializer()
        .serialize(
            "artists",
            Artist.newBuilder()
                .setId("a1")
                .setName("Ed Sheeran")
                .setGenres(genres)
                .setFollowers(115_998_928L)
                .setPopularity(popularity)
                .setFollowerTier("superstar")
                .setFirstSeenAt(observed)
                .setObservedAt(observed)
                .setIngestedAt(observed)
                .setUpdateNumber(1)
                .setLate(false)
                .setDeleted(false)
                .setSource(source)
                .build());
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
      String type, String logical, long value, long millis) throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Timed", "fields": [
                  {"name": "at", "type": ["null", {"type": "%s", "logicalType": "%s"}]}]}"""
                    .formatted(type, logical));
    GenericRecord row = new GenericData.Record(schema);
    row.put("at", type.equals("int") ? (Object) (int) value : (Object) value);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(row, out);
    SinkRecord record =
        new SinkRecord(
            "t", 0, null, null, null, out.toByteArray(), 0, 5L, TimestampType.CREATE_TIME);
    RowType rows = new AvroRowTypes(List.of(schema)).of(null, record.value());
    assertThat(Timestamps.ofField("at").millis(record, rows)).isEqualTo(millis);
  }

  @Test
  void readsFieldsOfANullableRecordAndFractions() throws IOException {
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
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(row, out);
      byte[] bytes = out.toByteArray();
      RowType type = new AvroRowTypes(List.of(schema)).of(null, bytes);
      assertThat(type.field("inner.x").read(bytes)).isEqualTo(value == null ? null : 1.5f);
      assertThatThrownBy(() -> type.field("inner.y")).hasMessageContaining("no such field");
    }
  }
}
