package io.crescendo.connect.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.connect.s3.parquet.Rows;
import io.crescendo.connect.s3.store.InMemoryObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of files when schemas change, by {@code schema.compatibility}. */
class SchemaChangeTest {

  private static final Schema FIRST = struct(1).build();
  private static final Schema SECOND =
      struct(2).field("country", SchemaBuilder.string().optional().defaultValue("??")).build();
  private static final Schema THIRD = struct(3).field("label", Schema.STRING_SCHEMA).build();

  private static final org.apache.avro.Schema FIRST_AVRO =
      avro("{'name': 'at', 'type': 'string'}, {'name': 'n', 'type': 'int'}");
  private static final org.apache.avro.Schema SECOND_AVRO =
      avro(
          "{'name': 'country', 'type': 'string', 'default': '??'},"
              + "{'name': 'n', 'type': 'long'}, {'name': 'at', 'type': 'string'}");

  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @Test
  void backwardPutsInterleavedVersionsIntoOneFileOfTheNewest() {
    LocalWorker worker = worker(false, "BACKWARD", "6");
    for (int i = 0; i < 6; i++) {
      worker.produce(row(i % 2 == 0 ? FIRST : SECOND, i));
    }
    worker.start();
    worker.pollAll(10);
    assertThat(store.objects()).hasSize(1);
    assertThat(columns()).containsExactly("genre", "at", "country");
    assertThat(values("country")).containsExactly("??", "NZ", "??", "NZ", "??", "NZ");
    assertEachOnce(6);
  }

  @Test
  void fullDoesAsBackward() {
    LocalWorker worker = worker(false, "FULL", "2");
    worker.produce(row(FIRST, 0));
    worker.produce(row(SECOND, 1));
    worker.start();
    worker.pollAll(10);
    assertThat(columns()).containsExactly("genre", "at", "country");
    assertEachOnce(2);
  }

  @Test
  void forwardPutsInterleavedVersionsIntoOneFileOfTheOldest() {
    LocalWorker worker = worker(false, "FORWARD", "4");
    for (int i = 0; i < 4; i++) {
      worker.produce(row(i % 2 == 0 ? SECOND : FIRST, i));
    }
    worker.start();
    worker.pollAll(10);
    assertThat(store.objects()).hasSize(1);
    assertThat(columns()).containsExactly("genre", "at");
    assertEachOnce(4);
  }

  @Test
  void endsABatchOnceWhereItsFileIsEncodedInTheOlderSchemaAlready() {
    LocalWorker worker = worker(false, "BACKWARD", "1000000");
    for (int i = 0; i < 40; i++) {
      Schema schema = i >= 20 && i % 2 == 0 ? SECOND : FIRST;
      worker.produce(row(schema, i, "x".repeat(4_000)));
    }
    worker.start();
    worker.pollAll(7);
    assertThat(store.objects()).as("the batch before the change").hasSize(1);
    assertThat(columns()).containsExactly("genre", "at");
    assertThat(store.objects().keySet())
        .containsExactly("topics/t/genre=pop/t+0+0000000000.zstd.parquet");
    assertThat(Landed.occurrences(store)).hasSize(20);
  }

  @Test
  void keepsTheNewestSchemaForTheFilesThatFollow() {
    LocalWorker worker = worker(false, "BACKWARD", "2");
    worker.produce(row(SECOND, 0));
    for (int i = 1; i < 6; i++) {
      worker.produce(row(FIRST, i));
    }
    worker.start();
    worker.pollAll(10);
    assertThat(store.objects()).hasSize(3);
    assertThat(values("country")).containsExactly("NZ", "??", "??", "??", "??", "??");
  }

  @Test
  void startsAFileForARecordThatHasNoFormInTheSchemaOfTheOneThatIsOpen() {
    LocalWorker worker = worker(true, "BACKWARD", "2");
    worker.produce(row(THIRD, 0));
    worker.produce(row(FIRST, 1));
    worker.produce(row(THIRD, 2));
    worker.produce(row(THIRD, 3));
    worker.start();
    worker.pollAll(10);
    assertThat(worker.deadLetters()).isEmpty();
    assertThat(store.objects()).hasSize(3);
    assertEachOnce(4);
  }

  @Test
  void keepsTheColumnsOfTwoSchemasOfTheSameVersion() {
    LocalWorker worker = worker(false, "BACKWARD", "1");
    worker.produce(row(FIRST, 0));
    worker.produce(row(struct(1).field("country", Schema.STRING_SCHEMA).build(), 1));
    worker.start();
    worker.pollAll(10);
    assertThat(rows()).extracting(r -> r.hasField("country")).containsExactly(false, true);
    store.clear();
    LocalWorker together = worker(false, "BACKWARD", "2");
    together.produce(row(FIRST, 0));
    together.produce(row(struct(1).field("country", Schema.STRING_SCHEMA).build(), 1));
    together.produce(row(struct(1).field("country", Schema.STRING_SCHEMA).build(), 2));
    together.start();
    together.pollAll(10);
    assertThat(rows()).extracting(r -> r.hasField("country")).containsExactly(false, true, true);
  }

  @Test
  void givesTheFirstRecordAfterARotationByRecordTimeTheFileOfItsOwnVersion() {
    LocalWorker worker = byRecordTime("BACKWARD");
    worker.produce(at(row(FIRST, 0), 0));
    worker.produce(at(row(SECOND, 1), 1000));
    worker.produce(at(row(struct("album", 1).build(), 2), 2000));
    worker.produce(at(row(FIRST, 3), 3000));
    worker.produce(at(row(FIRST, 4), 4000));
    worker.start();
    worker.pollAll(10);
    assertThat(rows())
        .extracting(r -> r.hasField("country") ? r.get("country").toString() : "none")
        .containsExactly("none", "NZ", "none", "??");
    assertEachOnce(4);
  }

  @Test
  void forwardGivesOnlyTheFileOfAnOldRecordTheOldSchema() {
    LocalWorker worker = byRecordTime("FORWARD");
    worker.produce(at(row(SECOND, 0), 0));
    worker.produce(at(row(FIRST, 1), 1));
    worker.produce(at(row(SECOND, 2), 1001));
    worker.produce(at(row(SECOND, 3), 2001));
    worker.start();
    worker.pollAll(10);
    assertThat(rows()).extracting(r -> r.hasField("country")).containsExactly(false, false, true);
  }

  @Test
  void endsTheBatchWhereARowThatIsOpenHasNoFormInTheNewestSchema() {
    LocalWorker worker = worker(true, "BACKWARD", "3");
    worker.produce(row(FIRST, 0));
    worker.produce(row(THIRD, 1));
    worker.start();
    worker.pollAll(10);
    assertThat(Landed.occurrences(store).keySet()).containsExactly("0/0");
    assertThat(worker.deadLetters()).isEmpty();
  }

  @Test
  void keepsRowsApartOfWhichNothingSaysWhatIsNewer() {
    LocalWorker worker = worker(true, "BACKWARD", "4");
    Schema wider = struct(null).field("more", Schema.OPTIONAL_INT32_SCHEMA).build();
    worker.produce(row(struct(null).build(), 0));
    worker.produce(row(wider, 1));
    worker.produce(row(FIRST, 2));
    worker.produce(row(wider, 3));
    worker.start();
    worker.pollAll(10);
    assertThat(worker.deadLetters()).isEmpty();
    assertThat(store.objects()).hasSize(3);
    assertEachOnce(4);
  }

  @Test
  void keepsRowsOfDifferentNamesApart() {
    LocalWorker worker = worker(false, "BACKWARD", "2");
    worker.produce(row(FIRST, 0));
    worker.produce(row(struct("album", 1).build(), 1));
    worker.start();
    worker.pollAll(10);
    assertThat(store.objects()).hasSize(2);
  }

  @Test
  void resolvesAvroToTheNewestSchemaOfTheFile(@TempDir Path directory) throws IOException {
    LocalWorker worker = avroWorker(directory, "BACKWARD");
    produceAvro(worker);
    assertThat(store.objects()).hasSize(1);
    assertThat(columns()).containsExactly("country", "n", "at");
    assertThat(values("country")).containsExactly("??", "NZ", "??", "NZ");
    assertThat(rows()).extracting(r -> r.get("n")).containsExactly(0L, 1L, 2L, 3L);
    assertEachOnce(4);
  }

  @Test
  void givesAvroTheOldestSchemaOfTheFileWithForward(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("2.avsc"), SECOND_AVRO.toString());
    Files.writeString(
        directory.resolve("1.avsc"), avro("{'name': 'at', 'type': 'string'}").toString());
    LocalWorker worker = avroWorker(directory, "FORWARD");
    worker.produce(bytes(SECOND_AVRO, 0));
    worker.produce(bytes(avro("{'name': 'at', 'type': 'string'}"), 1));
    worker.produce(bytes(SECOND_AVRO, 2));
    worker.produce(bytes(SECOND_AVRO, 3));
    worker.start();
    worker.pollAll(10);
    assertThat(store.objects()).hasSize(1);
    assertThat(columns()).containsExactly("at");
    assertEachOnce(4);
  }

  @Test
  void keepsVersionsOfAvroApartWithNone(@TempDir Path directory) throws IOException {
    LocalWorker worker = avroWorker(directory, "NONE");
    produceAvro(worker);
    assertThat(store.objects()).hasSize(2);
    assertEachOnce(4);
  }

  /** Avro's resolution makes a string of any bytes, which would spoil the column for readers. */
  @Test
  void keepsBytesThatAreNoTextInAFileOfTheirOwnSchema(@TempDir Path directory) throws IOException {
    org.apache.avro.Schema raw = avro("{'name': 'at', 'type': 'bytes'}");
    org.apache.avro.Schema text = avro("{'name': 'at', 'type': 'string'}");
    Files.writeString(directory.resolve("1.avsc"), raw.toString());
    Files.writeString(directory.resolve("2.avsc"), text.toString());
    LocalWorker worker = avroWorker(directory, "BACKWARD");
    byte[] noText = {(byte) 0xFF, (byte) 0xFE};
    worker.produce(encoded(raw, ByteBuffer.wrap("0/0".getBytes(UTF_8)), 0));
    worker.produce(encoded(text, "0/1", 1));
    worker.produce(encoded(raw, ByteBuffer.wrap(noText), 2));
    for (int i = 3; i < 7; i++) {
      worker.produce(encoded(text, "0/" + i, i));
    }
    worker.start();
    worker.pollAll(10);
    assertThat(rows())
        .extracting(r -> r.get("at"))
        .map(at -> at instanceof CharSequence ? at.toString() : at)
        .containsExactlyInAnyOrder(
            "0/0", "0/1", ByteBuffer.wrap(noText), "0/3", "0/4", "0/5", "0/6");
  }

  private void produceAvro(LocalWorker worker) throws IOException {
    for (int i = 0; i < 4; i++) {
      worker.produce(bytes(i % 2 == 0 ? FIRST_AVRO : SECOND_AVRO, i));
    }
    worker.start();
    worker.pollAll(10);
  }

  private LocalWorker avroWorker(Path directory, String compatibility) throws IOException {
    Path first = directory.resolve("1.avsc");
    Path second = directory.resolve("2.avsc");
    if (Files.notExists(first)) {
      Files.writeString(first, FIRST_AVRO.toString());
      Files.writeString(second, SECOND_AVRO.toString());
    }
    return new LocalWorker(
        Landed.properties(
            "partitioner.class",
            "DefaultPartitioner",
            "schema.compatibility",
            compatibility,
            "avro.schemas",
            first + "," + second,
            "flush.size",
            "4"),
        store,
        new SameThread(),
        new ManualClock(),
        false);
  }

  private LocalWorker worker(boolean tolerant, String compatibility, String size) {
    return new LocalWorker(
        Landed.properties("schema.compatibility", compatibility, "flush.size", size),
        store,
        new SameThread(),
        new ManualClock(),
        tolerant);
  }

  private LocalWorker byRecordTime(String compatibility) {
    return new LocalWorker(
        Landed.properties("schema.compatibility", compatibility, "rotate.interval.ms", "1000"),
        store,
        new SameThread(),
        new ManualClock(),
        false);
  }

  private static SinkRecord at(SinkRecord record, long millis) {
    return record.newRecord(
        record.topic(),
        record.kafkaPartition(),
        null,
        null,
        record.valueSchema(),
        record.value(),
        millis);
  }

  private void assertEachOnce(int rows) {
    assertThat(Landed.occurrences(store))
        .hasSize(rows)
        .allSatisfy((at, times) -> assertThat(times).isOne());
  }

  private List<GenericRecord> rows() {
    List<GenericRecord> rows = new ArrayList<>();
    store.objects().values().forEach(file -> rows.addAll(Rows.read(file)));
    return rows;
  }

  private List<String> columns() {
    byte[] file = store.objects().values().iterator().next();
    return Rows.footer(file).getFileMetaData().getSchema().getFields().stream()
        .map(org.apache.parquet.schema.Type::getName)
        .toList();
  }

  private List<String> values(String field) {
    return rows().stream().map(r -> String.valueOf(r.get(field))).toList();
  }

  private static SchemaBuilder struct(Integer version) {
    return struct("song", version);
  }

  private static SchemaBuilder struct(String name, Integer version) {
    SchemaBuilder builder =
        SchemaBuilder.struct()
            .name(name)
            .field("genre", Schema.STRING_SCHEMA)
            .field("at", Schema.STRING_SCHEMA);
    return version == null ? builder : builder.version(version);
  }

  private static SinkRecord row(Schema schema, long offset) {
    return row(schema, offset, "");
  }

  private static SinkRecord row(Schema schema, long offset, String filling) {
    Struct value = new Struct(schema).put("genre", "pop").put("at", "0/" + offset + filling);
    if (schema.field("country") != null) {
      value.put("country", "NZ");
    }
    if (schema.field("label") != null) {
      value.put("label", "own");
    }
    return record(schema, value, offset);
  }

  private static SinkRecord bytes(org.apache.avro.Schema schema, long offset) throws IOException {
    GenericRecordBuilder row = new GenericRecordBuilder(schema).set("at", "0/" + offset);
    if (schema.getField("n") != null) {
      boolean isInt = schema.getField("n").schema().getType() == org.apache.avro.Schema.Type.INT;
      row.set("n", isInt ? (Object) (int) offset : (Object) offset);
    }
    if (schema.getField("country") != null) {
      row.set("country", "NZ");
    }
    return encoded(row.build(), offset);
  }

  private static SinkRecord encoded(org.apache.avro.Schema schema, Object at, long offset)
      throws IOException {
    return encoded(new GenericRecordBuilder(schema).set("at", at).build(), offset);
  }

  private static SinkRecord encoded(GenericRecord row, long offset) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new BinaryMessageEncoder<GenericRecord>(GenericData.get(), row.getSchema()).encode(row, out);
    return record(Schema.BYTES_SCHEMA, out.toByteArray(), offset);
  }

  private static SinkRecord record(Schema schema, Object value, long offset) {
    return new SinkRecord("t", 0, null, null, schema, value, offset, 1L, TimestampType.CREATE_TIME);
  }

  private static org.apache.avro.Schema avro(String fields) {
    return new org.apache.avro.Schema.Parser()
        .parse(
            "{'type': 'record', 'name': 'song', 'fields': [%s]}"
                .formatted(fields)
                .replace('\'', '"'));
  }
}
