package io.crescendo.connect.s3.config;

import io.crescendo.connect.s3.layout.LayoutSettings.Partitioning;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Partitioners by the class names that Confluent gave them; any package, or none. */
enum PartitionerName {
  DEFAULT(Partitioning.KAFKA_PARTITION, "", 0),
  FIELD(Partitioning.FIELD, "", 0),
  TIMEBASED(Partitioning.TIME, "", 0),
  FIELDANDTIMEBASED(Partitioning.FIELD_AND_TIME, "", 0),
  DAILY(Partitioning.TIME, "'year'=YYYY/'month'=MM/'day'=dd", TimeUnit.DAYS.toMillis(1)),
  HOURLY(
      Partitioning.TIME, "'year'=YYYY/'month'=MM/'day'=dd/'hour'=HH", TimeUnit.HOURS.toMillis(1));

  static final String LIST =
      "DefaultPartitioner, FieldPartitioner, TimeBasedPartitioner, DailyPartitioner,"
          + " HourlyPartitioner, FieldAndTimeBasedPartitioner";

  private final Partitioning partitioning;
  private final String pathFormat;
  private final long durationMillis;

  PartitionerName(Partitioning partitioning, String pathFormat, long durationMillis) {
    this.partitioning = partitioning;
    this.pathFormat = pathFormat;
    this.durationMillis = durationMillis;
  }

  /**
   * @throws IllegalArgumentException if there is none of that name
   */
  static PartitionerName of(String className) {
    String name = LayoutKeys.simpleName(className).toUpperCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(className));
  }

  Partitioning partitioning() {
    return partitioning;
  }

  /** Whether it needs fields to spread by. */
  boolean byField() {
    return partitioning == Partitioning.FIELD || partitioning == Partitioning.FIELD_AND_TIME;
  }

  /** Whether it needs a format and a duration. */
  boolean needsTimes() {
    return this == TIMEBASED || this == FIELDANDTIMEBASED;
  }

  /** The name as it is configured. */
  String shown() {
    return Arrays.stream(LIST.split(", "))
        .filter(n -> LayoutKeys.simpleName(n).equalsIgnoreCase(name()))
        .findFirst()
        .orElseThrow();
  }

  /** Daily and hourly have a format of their own, with the delimiter between its levels. */
  String pathFormat(String configured, String delimiter) {
    return pathFormat.isEmpty() ? configured : pathFormat.replace("/", delimiter);
  }

  long durationMillis(long configured) {
    return durationMillis == 0 ? configured : durationMillis;
  }
}
