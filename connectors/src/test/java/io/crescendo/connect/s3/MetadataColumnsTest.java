package io.crescendo.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.connect.s3.parquet.Rows;
import io.crescendo.connect.s3.store.InMemoryObjectStore;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** Columns about the Kafka record: {@code metadata.columns}. */
class MetadataColumnsTest {

  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @Test
  void showsWhereEachRowComesFrom() {
    LocalWorker worker = worker(false, "metadata.columns", "offset, partition,timestamp");
    worker.produce(Landed.record(1, 0, "pop", 1_700_000_000_123L));
    worker.produce(Landed.record(1, 1, "pop", 5));
    worker.start();
    worker.pollAll(10);
    byte[] file = store.objects().values().iterator().next();
    assertThat(Rows.footer(file).getFileMetaData().getSchema().toString())
        .contains("required int64 kafka_offset;")
        .contains("required int32 kafka_partition;")
        .contains("optional int64 kafka_timestamp (TIMESTAMP(MILLIS,true));");
    assertThat(Rows.read(file))
        .extracting(GenericRecord::toString)
        .containsExactly(
            "{\"genre\": \"pop\", \"at\": \"1/0\", \"kafka_offset\": 0, \"kafka_partition\": 1,"
                + " \"kafka_timestamp\": 1700000000123}",
            "{\"genre\": \"pop\", \"at\": \"1/1\", \"kafka_offset\": 1, \"kafka_partition\": 1,"
                + " \"kafka_timestamp\": 5}");
  }

  @Test
  void leavesTheTimestampOfARecordWithoutOneNull() {
    LocalWorker worker = worker(false, "metadata.columns", "timestamp");
    for (int i = 0; i < 2; i++) {
      Struct value = new Struct(Landed.SCHEMA).put("genre", "pop").put("at", "0/" + i);
      worker.produce(
          new SinkRecord(
              "t", 0, null, null, Landed.SCHEMA, value, i, null, TimestampType.NO_TIMESTAMP_TYPE));
    }
    worker.start();
    worker.pollAll(10);
    assertThat(rows()).allSatisfy(r -> assertThat(r.get("kafka_timestamp")).isNull());
  }

  /** Of nanoseconds, say, which older brokers take for milliseconds; readers give the column up. */
  @Test
  void leavesATimestampNullThatMicrosecondsCannotHold() {
    LocalWorker worker = worker(false, "metadata.columns", "timestamp");
    worker.produce(Landed.record(0, 0, "pop", 1_700_000_000_000_000_000L));
    worker.produce(Landed.record(0, 1, "pop", 1_700_000_000_000L));
    worker.start();
    worker.pollAll(10);
    assertThat(rows())
        .extracting(r -> r.get("kafka_timestamp"))
        .containsExactly(null, 1_700_000_000_000L);
  }

  @Test
  void goesTogetherWithRowsOfSeveralVersions() {
    LocalWorker worker =
        worker(false, "metadata.columns", "offset", "schema.compatibility", "BACKWARD");
    worker.produce(Landed.record(0, 0, "pop", 1));
    worker.produce(Landed.evolved(Landed.record(0, 1, "pop", 1), "more"));
    worker.start();
    worker.pollAll(10);
    assertThat(rows())
        .extracting(GenericRecord::toString)
        .containsExactly(
            "{\"genre\": \"pop\", \"at\": \"0/0\", \"more\": null, \"label\": \"none\","
                + " \"kafka_offset\": 0}",
            "{\"genre\": \"pop\", \"at\": \"0/1\", \"more\": \"more\", \"label\": \"of 0/1\","
                + " \"kafka_offset\": 1}");
  }

  @Test
  void refusesARecordWithAFieldOfThatName() {
    LocalWorker worker = worker(true, "metadata.columns", "partition,offset");
    Schema schema =
        SchemaBuilder.struct()
            .field("genre", Schema.STRING_SCHEMA)
            .field("Kafka_Offset", Schema.INT64_SCHEMA)
            .build();
    Struct value = new Struct(schema).put("genre", "pop").put("Kafka_Offset", 1L);
    worker.produce(
        new SinkRecord("t", 0, null, null, schema, value, 0, 1L, TimestampType.CREATE_TIME));
    worker.start();
    worker.pollAll(10);
    assertThat(worker.deadLetterReasons())
        .containsExactly(
            "t-0 offset 0: the value must leave room for metadata.columns: row has a field"
                + " 'Kafka_Offset' of its own, so metadata.columns must not hold 'offset'; record"
                + " not landed");
  }

  private List<GenericRecord> rows() {
    return store.objects().values().stream().flatMap(f -> Rows.read(f).stream()).toList();
  }

  private LocalWorker worker(boolean tolerant, String... properties) {
    String[] all = java.util.Arrays.copyOf(properties, properties.length + 2);
    all[properties.length] = "flush.size";
    all[properties.length + 1] = "2";
    return new LocalWorker(
        Landed.properties(all), store, new SameThread(), new ManualClock(), tolerant);
  }
}
