package io.crescendo.streams;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Times in ISO-8601: calendar dates and date-times, extended ({@code 2026-01-31T12:00:00Z}) or
 * basic ({@code 20260131T120000Z}), whose offset may be written in either way. Without an offset
 * they are UTC, as a date is its midnight.
 */
final class IsoTime {

  private static final int BASIC_DATE = 8;

  private static final DateTimeFormatter EXTENDED =
      formatter(
          new DateTimeFormatterBuilder().append(DateTimeFormatter.ISO_LOCAL_DATE),
          new DateTimeFormatterBuilder()
              .appendValue(ChronoField.HOUR_OF_DAY, 2)
              .optionalStart()
              .appendLiteral(':')
              .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
              .optionalStart()
              .appendLiteral(':')
              .append(seconds()));

  private static final DateTimeFormatter BASIC =
      formatter(
          new DateTimeFormatterBuilder()
              .appendValue(ChronoField.YEAR, 4)
              .appendValue(ChronoField.MONTH_OF_YEAR, 2)
              .appendValue(ChronoField.DAY_OF_MONTH, 2),
          new DateTimeFormatterBuilder()
              .appendValue(ChronoField.HOUR_OF_DAY, 2)
              .optionalStart()
              .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
              .optionalStart()
              .append(seconds()));

  private IsoTime() {}

  /**
   * The instant that a text states.
   *
   * @throws java.time.DateTimeException if it states none
   */
  static Instant parse(String text) {
    DateTimeFormatter form = startsWithBasicDate(text) ? BASIC : EXTENDED;
    return form.parse(text, OffsetDateTime::from).toInstant();
  }

  private static boolean startsWithBasicDate(String text) {
    for (int i = 0; i < BASIC_DATE; i++) {
      if (i == text.length() || text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Seconds, with a fraction behind a point or a comma, both of which the standard has. */
  private static DateTimeFormatter seconds() {
    return new DateTimeFormatterBuilder()
        .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
        .optionalStart()
        .appendLiteral('.')
        .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, false)
        .optionalEnd()
        .optionalStart()
        .appendLiteral(',')
        .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, false)
        .toFormatter(Locale.ROOT);
  }

  private static DateTimeFormatter formatter(
      DateTimeFormatterBuilder date, DateTimeFormatterBuilder time) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .append(date.toFormatter(Locale.ROOT))
        .optionalStart()
        .appendLiteral('T')
        .append(time.toFormatter(Locale.ROOT))
        .optionalStart()
        // Lenient, this pattern takes minutes with a colon and without.
        .parseLenient()
        .appendOffset("+HH", "Z")
        .parseStrict()
        .optionalEnd()
        .optionalEnd()
        .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
        .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
        .toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT)
        .withChronology(IsoChronology.INSTANCE);
  }
}
