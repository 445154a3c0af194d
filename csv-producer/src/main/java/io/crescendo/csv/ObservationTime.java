package io.crescendo.csv;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times in a cell: ISO-8601 (UTC where no zone is stated), a date, or seconds or milliseconds. */
final class ObservationTime {

  private static final Pattern SECONDS = Pattern.compile("[0-9]{9,10}");
  private static final Pattern MILLIS = Pattern.compile("[0-9]{12,13}");
  private static final int DATE_LENGTH = 10;

  /** Beyond it, milliseconds since the epoch would overflow some day. */
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private ObservationTime() {}

  /** An instant that somebody typed. */
  static final class Converter implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "must be a time such as 2026-01-31T00:00:00Z, got '%s'".formatted(text));
      }
    }
  }

  /** The instant; null if the text states none from 1970 to 9999. */
  static Instant parse(String text) {
    Instant instant = any(text);
    return instant != null && isSane(instant) ? instant : null;
  }

  /** Whether an instant lies in the years 1970 to 9999. */
  static boolean isSane(Instant instant) {
    return !instant.isBefore(Instant.EPOCH) && instant.isBefore(LAST);
  }

  private static Instant any(String text) {
    try {
      if (SECONDS.matcher(text).matches()) {
        return Instant.ofEpochSecond(Long.parseLong(text));
      }
      if (MILLIS.matcher(text).matches()) {
        return Instant.ofEpochMilli(Long.parseLong(text));
      }
      if (text.length() == DATE_LENGTH) {
        return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      String iso = text.replace(' ', 'T');
      boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > 0 || iso.lastIndexOf('-') > 9;
      return zoned
          ? OffsetDateTime.parse(iso).toInstant()
          : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
