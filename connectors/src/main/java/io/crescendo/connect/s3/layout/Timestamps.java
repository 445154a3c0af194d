package io.crescendo.connect.s3.layout;

import io.crescendo.connect.s3.parquet.BadRowException;
import io.crescendo.connect.s3.parquet.RowType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Date;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
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
   * Dates, with or without a time, and times with or without an offset, which may lack its colon.
   * What is not there is midnight, and UTC: the zone of the worker would give a record another path
   * on another worker.
   */
  DateTimeFormatter ISO_8601 =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXXXX][XXXX][X]")
          .optionalEnd()
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /**
   * A field: milliseconds since the epoch, a date or timestamp of Connect or Avro in whatever unit
   * its schema states, or a string as {@link #ISO_8601} reads it.
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
      if (value instanceof LocalDate day) {
        return TimeUnit.DAYS.toMillis(day.toEpochDay());
      }
      try {
        return OffsetDateTime.parse(String.valueOf(value), ISO_8601).toInstant().toEpochMilli();
      } catch (DateTimeException | ArithmeticException e) { // the largest years overflow
        throw new BadRowException(
            path, "must be a time (timestamp.field): milliseconds or ISO-8601, got " + value);
      }
    };
  }
}
