package io.crescendo.connect.s3.layout;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * How objects are named.
 *
 * @param topicsDir first level of each key; empty for none
 * @param directoryDelimiter between levels
 * @param fileDelimiter between topic, partition and offset in a file name
 * @param offsetDigits least digits of the offset in a file name
 * @param partitioning how rows are spread over directories
 * @param fields fields that {@link Partitioning#FIELD} and {@link Partitioning#FIELD_AND_TIME}
 *     spread by
 * @param pathFormat Joda-Time pattern that {@link Partitioning#TIME} and {@link
 *     Partitioning#FIELD_AND_TIME} spread by
 * @param durationMillis time that one directory spans
 * @param zone time zone in which it does
 * @param locale language of names in the pattern
 * @param clock what {@link Partitioning#TIME} goes by
 * @param timestampField field that {@link Clock#FIELD} reads
 */
public record LayoutSettings(
    String topicsDir,
    String directoryDelimiter,
    String fileDelimiter,
    int offsetDigits,
    Partitioning partitioning,
    List<String> fields,
    String pathFormat,
    long durationMillis,
    ZoneId zone,
    Locale locale,
    Clock clock,
    String timestampField) {

  /** Makes the list unmodifiable. */
  public LayoutSettings {
    fields = List.copyOf(fields);
  }

  /** How rows are spread over directories. */
  public enum Partitioning {
    /** One directory per Kafka partition. */
    KAFKA_PARTITION,
    /** By the values of fields. */
    FIELD,
    /** By time. */
    TIME,
    /** By the values of fields, and below them by time. */
    FIELD_AND_TIME;

    /** Whether time is a part of it. */
    public boolean byTime() {
      return this == TIME || this == FIELD_AND_TIME;
    }
  }

  /** What time a record belongs to. */
  public enum Clock {
    /** The Kafka record's timestamp. */
    RECORD,
    /** A field of the value. */
    FIELD
  }
}
