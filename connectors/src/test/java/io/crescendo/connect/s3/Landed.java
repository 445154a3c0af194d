package io.crescendo.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.connect.s3.parquet.Rows;
import io.crescendo.connect.s3.store.InMemoryObjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records that say where they come from, and what of them has landed. */
final class Landed {

  static final Schema SCHEMA =
      SchemaBuilder.struct()
          .version(1)
          .field("genre", Schema.STRING_SCHEMA)
          .field("at", Schema.STRING_SCHEMA)
          .build();

  private static final Schema VERSION_2 =
      SchemaBuilder.struct()
          .version(2)
          .field("genre", Schema.STRING_SCHEMA)
          .field("at", Schema.STRING_SCHEMA)
          .field("more", Schema.OPTIONAL_STRING_SCHEMA)
          .field("label", SchemaBuilder.string().defaultValue("none").build())
          .build();

  /** Reads rows of the second version, which reads those of the first, which this cannot. */
  private static final Schema VERSION_3 =
      SchemaBuilder.struct()
          .version(3)
          .field("genre", Schema.STRING_SCHEMA)
          .field("at", Schema.STRING_SCHEMA)
          .field("more", Schema.OPTIONAL_STRING_SCHEMA)
          .field("label", Schema.STRING_SCHEMA)
          .build();

  private Landed() {}

  static SinkRecord record(int partition, long offset, String genre, long timestamp) {
    Struct value = new Struct(SCHEMA).put("genre", genre).put("at", partition + "/" + offset);
    return new SinkRecord(
        "t", partition, null, null, SCHEMA, value, offset, timestamp, TimestampType.CREATE_TIME);
  }

  /** The record behind a transformation that gives it another topic. */
  static SinkRecord renamed(SinkRecord record) {
    return record.newRecord(
        "renamed",
        record.kafkaPartition(),
        null,
        null,
        record.valueSchema(),
        record.value(),
        record.timestamp());
  }

  /** The record in the second version of its schema, which holds more. */
  static SinkRecord evolved(SinkRecord record, String more) {
    return evolved(record, VERSION_2, more);
  }

  /** The record in the third version of its schema. */
  static SinkRecord labelled(SinkRecord record, String more) {
    return evolved(record, VERSION_3, more);
  }

  private static SinkRecord evolved(SinkRecord record, Schema schema, String more) {
    Struct first = (Struct) record.value();
    Struct value =
        new Struct(schema)
            .put("genre", first.get("genre"))
            .put("at", first.get("at"))
            .put("more", more)
            .put("label", "of " + first.get("at"));
    return record.newRecord(
        record.topic(), record.kafkaPartition(), null, null, schema, value, record.timestamp());
  }

  /** How often each {@code partition/offset} lies in the store. */
  static Map<String, Integer> occurrences(InMemoryObjectStore store) {
    Map<String, Integer> seen = new TreeMap<>();
    rows(store).forEach(row -> seen.merge(row.get("at").toString(), 1, Integer::sum));
    return seen;
  }

  /** So many different rows lie in the store, and none twice. */
  static void assertEachOnce(InMemoryObjectStore store, int rows) {
    assertThat(occurrences(store))
        .hasSize(rows)
        .allSatisfy((at, times) -> assertThat(times).isOne());
  }

  /** Every row in the store. */
  static List<GenericRecord> rows(InMemoryObjectStore store) {
    List<GenericRecord> rows = new ArrayList<>();
    store.objects().values().forEach(file -> rows.addAll(Rows.read(file)));
    return rows;
  }

  /** The values of a field in every row. */
  static List<String> values(InMemoryObjectStore store, String field) {
    return rows(store).stream().map(r -> String.valueOf(r.get(field))).toList();
  }

  /** The columns of the first object. */
  static List<String> columns(InMemoryObjectStore store) {
    byte[] file = store.objects().values().iterator().next();
    return Rows.footer(file).getFileMetaData().getSchema().getFields().stream()
        .map(org.apache.parquet.schema.Type::getName)
        .toList();
  }

  static Map<String, String> properties(String... more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("s3.bucket.name", "warehouse");
    properties.put("partitioner.class", "FieldPartitioner");
    properties.put("partition.field.name", "genre");
    properties.put("retry.backoff.ms", "1");
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return properties;
  }
}
