package io.crescendo.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.connect.s3.store.InMemoryObjectStore;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** What becomes of files when schemas change, by {@code schema.compatibility}. */
class SchemaChangeTest {

  private static final Schema FIRST = struct(1).build();
  private static final Schema SECOND =
      struct(2).field("country", SchemaBuilder.string().optional().defaultValue("??")).build();
  private static final Schema THIRD = struct(3).field("label", Schema.STRING_SCHEMA).build();

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
    assertThat(Landed.columns(store)).containsExactly("genre", "at", "country");
    assertThat(Landed.values(store, "country")).containsExactly("??", "NZ", "??", "NZ", "??", "NZ");
    Landed.assertEachOnce(store, 6);
  }

  @Test
  void fullDoesAsBackward() {
    LocalWorker worker = worker(false, "FULL", "2");
    worker.produce(row(FIRST, 0));
    worker.produce(row(SECOND, 1));
    worker.start();
    worker.pollAll(10);
    assertThat(Landed.columns(store)).containsExactly("genre", "at", "country");
    Landed.assertEachOnce(store, 2);
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
    assertThat(Landed.columns(store)).containsExactly("genre", "at");
    Landed.assertEachOnce(store, 4);
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
    assertThat(Landed.columns(store)).containsExactly("genre", "at");
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
    assertThat(Landed.values(store, "country")).containsExactly("NZ", "??", "??", "??", "??", "??");
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
    Landed.assertEachOnce(store, 4);
  }

  @Test
  void keepsTheColumnsOfTwoSchemasOfTheSameVersion() {
    LocalWorker worker = worker(false, "BACKWARD", "1");
    worker.produce(row(FIRST, 0));
    worker.produce(row(struct(1).field("country", Schema.STRING_SCHEMA).build(), 1));
    worker.start();
    worker.pollAll(10);
    assertThat(Landed.rows(store))
        .extracting(r -> r.hasField("country"))
        .containsExactly(false, true);
    store.clear();
    LocalWorker together = worker(false, "BACKWARD", "2");
    together.produce(row(FIRST, 0));
    together.produce(row(struct(1).field("country", Schema.STRING_SCHEMA).build(), 1));
    together.produce(row(struct(1).field("country", Schema.STRING_SCHEMA).build(), 2));
    together.start();
    together.pollAll(10);
    assertThat(Landed.rows(store))
        .extracting(r -> r.hasField("country"))
        .containsExactly(false, true, true);
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
    assertThat(Landed.rows(store))
        .extracting(r -> r.hasField("country") ? r.get("country").toString() : "none")
        .containsExactly("none", "NZ", "none", "??");
    Landed.assertEachOnce(store, 4);
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
    assertThat(Landed.rows(store))
        .extracting(r -> r.hasField("country"))
        .containsExactly(false, false, true);
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
    Landed.assertEachOnce(store, 4);
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

  private static SinkRecord record(Schema schema, Object value, long offset) {
    return new SinkRecord("t", 0, null, null, schema, value, offset, 1L, TimestampType.CREATE_TIME);
  }
}
