package io.crescendo.connect.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.connect.s3.store.InMemoryObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of files when Avro schemas change, by {@code schema.compatibility}. */
class AvroSchemaChangeTest {

  private static final Schema FIRST_AVRO =
      avro("{'name': 'at', 'type': 'string'}, {'name': 'n', 'type': 'int'}");
  private static final Schema SECOND_AVRO =
      avro(
          "{'name': 'country', 'type': 'string', 'default': '??'},"
              + "{'name': 'n', 'type': 'long'}, {'name': 'at', 'type': 'string'}");

  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @Test
  void resolvesAvroToTheNewestSchemaOfTheFile(@TempDir Path directory) throws IOException {
    LocalWorker worker = avroWorker(directory, "BACKWARD");
    produceAvro(worker);
    assertThat(store.objects()).hasSize(1);
    assertThat(Landed.columns(store)).containsExactly("country", "n", "at");
    assertThat(Landed.values(store, "country")).containsExactly("??", "NZ", "??", "NZ");
    assertThat(Landed.rows(store)).extracting(r -> r.get("n")).containsExactly(0L, 1L, 2L, 3L);
    Landed.assertEachOnce(store, 4);
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
    assertThat(Landed.columns(store)).containsExactly("at");
    Landed.assertEachOnce(store, 4);
  }

  @Test
  void keepsVersionsOfAvroApartWithNone(@TempDir Path directory) throws IOException {
    LocalWorker worker = avroWorker(directory, "NONE");
    produceAvro(worker);
    assertThat(store.objects()).hasSize(2);
    Landed.assertEachOnce(store, 4);
  }

  /** Avro's resolution makes a string of any bytes, which would spoil the column for readers. */
  @Test
  void keepsBytesThatAreNoTextInAFileOfTheirOwnSchema(@TempDir Path directory) throws IOException {
    Schema raw = avro("{'name': 'at', 'type': 'bytes'}");
    Schema text = avro("{'name': 'at', 'type': 'string'}");
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
    assertThat(Landed.rows(store))
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

  private static SinkRecord bytes(Schema schema, long offset) throws IOException {
    GenericRecordBuilder row = new GenericRecordBuilder(schema).set("at", "0/" + offset);
    if (schema.getField("n") != null) {
      boolean isInt = schema.getField("n").schema().getType() == Schema.Type.INT;
      row.set("n", isInt ? (Object) (int) offset : (Object) offset);
    }
    if (schema.getField("country") != null) {
      row.set("country", "NZ");
    }
    return encoded(row.build(), offset);
  }

  private static SinkRecord encoded(Schema schema, Object at, long offset) throws IOException {
    return encoded(new GenericRecordBuilder(schema).set("at", at).build(), offset);
  }

  private static SinkRecord encoded(GenericRecord row, long offset) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new BinaryMessageEncoder<GenericRecord>(GenericData.get(), row.getSchema()).encode(row, out);
    return new SinkRecord(
        "t",
        0,
        null,
        null,
        org.apache.kafka.connect.data.Schema.BYTES_SCHEMA,
        out.toByteArray(),
        offset,
        1L,
        TimestampType.CREATE_TIME);
  }

  private static Schema avro(String fields) {
    return new Schema.Parser()
        .parse(
            "{'type': 'record', 'name': 'song', 'fields': [%s]}"
                .formatted(fields)
                .replace('\'', '"'));
  }
}
