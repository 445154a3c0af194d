package io.crescendo.connect.s3.layout;

import io.crescendo.connect.s3.parquet.BadRowException;
import io.crescendo.connect.s3.parquet.RowType;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Date;
import org.apache.kafka.connect.sink.SinkRecord;

/** Says when a record happened. */
@FunctionalInterface
public interface Timestamps {

  /**
   * Milliseconds since the epoch.
   *
   * @throws BadRowException if the record has no time
   */
  long millis(SinkRecord record, RowType type);

  /** The timestamp of the Kafka record. */
  static Timestamps ofRecord() {
    return (record, type) -> {
      if (record.timestamp() == null) {
        throw new BadRowException("", "must come with a record timestamp, got none");
      }
      return record.timestamp();
    };
  }

  /**
   * A field: milliseconds since the epoch, a date or timestamp of Connect or Avro in whatever unit
   * its schema states, or an ISO-8601 string with an offset.
   */
  static Timestamps ofField(String path) {
    return (record, type) -> {
      Object value = type.field(path).read(record.value());
      if (value instanceof Long || value instanceof Integer) {
        return ((Number) value).longValue();
      }
      if (value instanceof Date date) {
        return date.getTime();
      }
      try {
        return OffsetDateTime.parse(String.valueOf(value)).toInstant().toEpochMilli();
      } catch (DateTimeException | ArithmeticException e) { // the largest years overflow
        throw new BadRowException(
            path, "must be a time (timestamp.field): milliseconds or ISO-8601, got " + value);
      }
    };
  }
}
