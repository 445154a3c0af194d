package io.crescendo.connect.s3.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.connect.s3.layout.LayoutSettings.Clock;
import io.crescendo.connect.s3.layout.LayoutSettings.Partitioning;
import io.crescendo.connect.s3.parquet.BadRowException;
import io.crescendo.connect.s3.parquet.RowType;
import io.crescendo.connect.s3.parquet.StructRowTypes;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {

  private static final Schema SCHEMA =
      SchemaBuilder.struct()
          .field("genre", Schema.OPTIONAL_STRING_SCHEMA)
          .field("late", Schema.BOOLEAN_SCHEMA)
          .field("seen", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private final StructRowTypes types = new StructRowTypes();

  @Test
  void namesObjectsAsConfluentsSinkDoes() {
    Layout layout = new Layout(settings(Partitioning.TIME, Clock.RECORD), ".zstd.parquet", t -> t);
    SinkRecord record = record("artists", "pop", 1_700_000_000_000L);
    assertThat(layout.key(layout.lane(record, type(record)), new TopicPartition("artists", 3), 118))
        .isEqualTo("tables/artists/dt=2023-11-14/artists+3+0000000118.zstd.parquet");
  }

  @Test
  void namesObjectsAfterTheTopicThatWasConsumedThoughTheyLieUnderTheOneRoutedTo() {
    Layout layout = new Layout(settings(Partitioning.TIME, Clock.RECORD), ".parquet", t -> t);
    SinkRecord routed = record("all", "pop", 0);
    assertThat(layout.key(layout.lane(routed, type(routed)), new TopicPartition("a", 0), 1))
        .isEqualTo("tables/all/dt=1970-01-01/a+0+0000000001.parquet");
  }

  @Test
  void doesNotLetATopicsNameThatATransformationMadeLeaveTheDirectory() {
    Layout layout = new Layout(settings(Partitioning.TIME, Clock.RECORD), ".parquet", t -> t);
    SinkRecord routed = record("a/../../b", "pop", 0);
    assertThat(layout.key(layout.lane(routed, type(routed)), new TopicPartition("a", 0), 1))
        .isEqualTo("tables/a%2F..%2F..%2Fb/dt=1970-01-01/a+0+0000000001.parquet");
    SinkRecord up = record("..", "pop", 0);
    assertThat(layout.lane(up, type(up)).directory()).isEqualTo("%2E%2E/dt=1970-01-01");
  }

  @Test
  void spreadsByKafkaPartition() {
    Layout layout =
        new Layout(settings(Partitioning.KAFKA_PARTITION, Clock.RECORD), ".parquet", t -> t);
    SinkRecord record = record("artists", "pop", 0);
    assertThat(layout.lane(record, type(record)).directory()).isEqualTo("artists/partition=2");
  }

  @ParameterizedTest
  @CsvSource({
    "dance pop, genre=dance pop/late=false",
    "a/b, genre=a%2Fb/late=false",
    ", genre=__HIVE_DEFAULT_PARTITION__/late=false",
    "'', genre=__HIVE_DEFAULT_PARTITION__/late=false",
    "'..', genre=%2E%2E/late=false",
    "x=y, genre=x%3Dy/late=false",
    "r&b, genre=r&b/late=false",
    "100%, genre=100%25/late=false"
  })
  void spreadsByFieldsWithoutLettingAValueLeaveItsLevel(String genre, String directory) {
    Layout layout = new Layout(settings(Partitioning.FIELD, Clock.RECORD), ".parquet", t -> t);
    SinkRecord record = record("t", genre, 0);
    assertThat(layout.lane(record, type(record)).directory()).isEqualTo("t/" + directory);
  }

  /** As Athena and Trino want the values of a partition column of dates. */
  @Test
  void spreadsByDatesWithoutATimeAndByTimesWithOne() {
    Schema schema =
        SchemaBuilder.struct().field("genre", Date.SCHEMA).field("late", Timestamp.SCHEMA).build();
    java.util.Date day = new java.util.Date(20_000L * 86_400_000);
    Struct value = new Struct(schema).put("genre", day).put("late", day);
    SinkRecord record = new SinkRecord("t", 2, null, null, schema, value, 5);
    Layout layout = new Layout(settings(Partitioning.FIELD, Clock.RECORD), ".parquet", t -> t);
    assertThat(layout.lane(record, type(record)).directory())
        .isEqualTo("t/genre=2024-10-04/late=2024-10-04T00%3A00%3A00Z");
  }

  @Test
  void spreadsByFieldsAndBelowThemByTime() {
    Layout layout =
        new Layout(settings(Partitioning.FIELD_AND_TIME, Clock.RECORD), ".parquet", t -> t);
    SinkRecord record = record("t", "a/b", 1_700_000_000_000L);
    assertThat(layout.lane(record, type(record)).directory())
        .isEqualTo("t/genre=a%2Fb/late=false/dt=2023-11-14");
  }

  @Test
  void refusesAValueThatMakesAKeyTooLongForS3() {
    Layout layout = new Layout(settings(Partitioning.FIELD, Clock.RECORD), ".parquet", t -> t);
    SinkRecord record = record("t", "x".repeat(800), 0);
    assertThatThrownBy(() -> layout.lane(record, type(record)))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("must lead to a directory of at most 700 bytes, got 825");
  }

  @Test
  void escapesControlCharacters() {
    assertThat(HivePath.escape("a\nb\u007f")).isEqualTo("a%0Ab%7F");
  }

  @Test
  void takesTheTimeFromAField() {
    Layout layout = new Layout(settings(Partitioning.TIME, Clock.FIELD), ".parquet", t -> t);
    SinkRecord record = record("t", "pop", 0);
    ((Struct) record.value()).put("seen", "2026-11-22T01:00:00+02:00");
    assertThat(layout.lane(record, type(record)).directory()).isEqualTo("t/dt=2026-11-21");
    ((Struct) record.value()).put("seen", "yesterday");
    assertThatThrownBy(() -> layout.lane(record, type(record)))
        .isInstanceOf(BadRowException.class)
        .hasMessage(
            "field 'seen' must be a time (timestamp.field): milliseconds or ISO-8601, got"
                + " yesterday");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T01:00:00Z, 2026-11-22",
    "2026-11-22T01:00:00.123+0200, 2026-11-21",
    "2026-11-22T01:00:00+02, 2026-11-21",
    "2026-11-22T01:00+02:00, 2026-11-21",
    "2026-11-22T23:00:00-02:00, 2026-11-23",
    "2026-11-22T23:59:59.999999999, 2026-11-22",
    "2026-11-22T00:00, 2026-11-22",
    "2026-11-22, 2026-11-22"
  })
  void takesTimesInTheFormsOfIso8601InUtcWhereTheyHaveNoOffset(String seen, String day) {
    Layout layout = new Layout(settings(Partitioning.TIME, Clock.FIELD), ".parquet", t -> t);
    SinkRecord record = record("t", "pop", 0);
    ((Struct) record.value()).put("seen", seen);
    assertThat(layout.lane(record, type(record)).directory()).isEqualTo("t/dt=" + day);
  }

  @ParameterizedTest
  @CsvSource({"2026-02-30", "2026-11-22T24:01:00Z", "2026-11-22T01:00:00+99:00", "01:00:00"})
  void takesNoTimesThatAreNone(String seen) {
    Layout layout = new Layout(settings(Partitioning.TIME, Clock.FIELD), ".parquet", t -> t);
    SinkRecord record = record("t", "pop", 0);
    ((Struct) record.value()).put("seen", seen);
    assertThatThrownBy(() -> layout.lane(record, type(record)))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("must be a time (timestamp.field)");
  }

  @Test
  void refusesARecordWithoutTime() {
    Layout layout = new Layout(settings(Partitioning.TIME, Clock.RECORD), ".parquet", t -> t);
    SinkRecord timeless = new SinkRecord("t", 0, null, null, SCHEMA, value("pop"), 5);
    assertThatThrownBy(() -> layout.lane(timeless, type(timeless)))
        .isInstanceOf(BadRowException.class)
        .hasMessage("the value must come with a record timestamp, got none");
  }

  private RowType type(SinkRecord record) {
    return types.of(record.valueSchema(), record.value());
  }

  private static SinkRecord record(String topic, String genre, long timestamp) {
    return new SinkRecord(
        topic, 2, null, null, SCHEMA, value(genre), 5, timestamp, TimestampType.CREATE_TIME);
  }

  private static Struct value(String genre) {
    return new Struct(SCHEMA).put("genre", genre).put("late", false);
  }

  private static LayoutSettings settings(Partitioning partitioning, Clock clock) {
    return new LayoutSettings(
        "tables",
        "/",
        "+",
        10,
        partitioning,
        List.of("genre", "late"),
        "'dt'=yyyy-MM-dd",
        86_400_000,
        ZoneOffset.UTC,
        Locale.ENGLISH,
        clock,
        "seen");
  }
}
