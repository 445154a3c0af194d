package io.crescendo.refresh;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of options, refused in the words of whoever typed them. */
final class Conversions {

  private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Conversions() {}

  /** A time: {@code 90s}, {@code 15m}, {@code 2h}, {@code 1d}, or ISO-8601 such as PT1H30M. */
  static final class Time implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String value) {
      Matcher parts = SHORT.matcher(value.toLowerCase(Locale.ROOT));
      try {
        return parts.matches()
            ? times(Long.parseLong(parts.group(1)), parts.group(2))
            : Duration.parse(value);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "must be a time such as 90s, 15m, 2h, 1d or PT1H30M, got '%s'".formatted(value));
      }
    }

    private static Duration times(long number, String unit) {
      return switch (unit) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
  }

  /** A time zone by its name. */
  static final class Zone implements ITypeConverter<ZoneId> {

    @Override
    public ZoneId convert(String value) {
      try {
        return ZoneId.of(value);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "must be a time zone such as UTC or Europe/Berlin, got '%s'".formatted(value));
      }
    }
  }

  /** Where a service is: an http or https URI with a host. */
  static final class Endpoint implements ITypeConverter<URI> {

    @Override
    public URI convert(String value) {
      try {
        URI uri = new URI(value);
        if (isOne(uri)) {
          return uri;
        }
      } catch (URISyntaxException e) {
        // refused below, as what is a URI of something else
      }
      throw new TypeConversionException(
          "must be an http or https URI with a host, such as http://127.0.0.1:9000, got '%s'"
              .formatted(value));
    }

    static boolean isOne(URI uri) {
      return uri.getHost() != null && String.valueOf(uri.getScheme()).matches("(?i)https?");
    }
  }

  /** A whole number, as many as are counted. */
  static final class Count implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String value) {
      if (!value.matches("\\d{1,9}")) {
        throw new TypeConversionException(
            "must be a whole number from 0 to 999999999, got '%s'".formatted(value));
      }
      return Integer.valueOf(value);
    }
  }
}
