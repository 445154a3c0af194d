package io.crescendo.refresh;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.athena.model.ColumnInfo;

/**
 * Reads the text in which Athena gives every value, by the column's type.
 *
 * <p>Athena does not quote within arrays, and does not tell their elements' type: an array is read
 * as words between {@code ", "}, so that a word which contains that comes out as two.
 */
final class AthenaValues {

  private static final int ZONE_AT = 3;

  private AthenaValues() {}

  static Column column(ColumnInfo info) {
    String type = info.type().toLowerCase(Locale.ROOT);
    return new Column(
        info.name(),
        switch (type) {
          case "string", "char" -> "varchar";
          case "float" -> "real";
          case "array" -> "array(varchar)";
          case "decimal" -> "decimal(%s,%s)".formatted(info.precision(), info.scale());
          case "timestamp" -> "timestamp(3)";
          case "timestamp with time zone" -> "timestamp(3) with time zone";
          default -> type;
        });
  }

  /**
   * A value.
   *
   * @param text as Athena gives it; null for NULL
   * @throws IllegalArgumentException or a {@link java.time.DateTimeException} if the text is not of
   *     the type
   */
  static Object value(Column column, String text) {
    if (text == null) {
      return null;
    }
    String type = column.type();
    return switch (type) {
      case "tinyint", "smallint", "integer", "bigint" -> Long.valueOf(text);
      case "real", "double" -> Double.valueOf(text);
      case "boolean" -> Boolean.valueOf(text);
      case "date" -> LocalDate.parse(text);
      case "varbinary" -> HexFormat.of().parseHex(text.replace(" ", ""));
      case "array(varchar)" -> words(text);
      case "timestamp(3)" -> moment(text, ZoneOffset.UTC);
      case "timestamp(3) with time zone" -> zoned(text);
      default -> type.startsWith("decimal(") ? new BigDecimal(text) : text;
    };
  }

  private static Instant moment(String text, ZoneId zone) {
    return LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant();
  }

  private static Instant zoned(String text) {
    String[] parts = text.split(" ", ZONE_AT);
    return moment(parts[0] + " " + parts[1], ZoneId.of(parts[2]));
  }

  private static List<String> words(String text) {
    String inside = text.substring(1, text.length() - 1);
    return inside.isEmpty()
        ? List.of()
        : Arrays.stream(inside.split(", ", -1)).map(w -> w.equals("null") ? null : w).toList();
  }
}
