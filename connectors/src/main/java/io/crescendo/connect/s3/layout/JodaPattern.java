package io.crescendo.connect.s3.layout;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.Locale;

/**
 * Reads {@code path.format}: date patterns of Joda-Time, as Confluent's partitioners use them.
 *
 * <p>They look like those of java.time, but {@code YYYY} is the year, which java.time reads as the
 * week-based year: for a few days around New Year, another year.
 *
 * @see <a href="https://www.joda.org/joda-time/apidocs/org/joda/time/format/DateTimeFormat.html">
 *     DateTimeFormat</a>
 */
public final class JodaPattern {

  private JodaPattern() {}

  /**
   * A formatter for the pattern.
   *
   * @throws IllegalArgumentException if the pattern is not valid
   */
  public static DateTimeFormatter formatter(String pattern, Locale locale) {
    DateTimeFormatterBuilder formatter = new DateTimeFormatterBuilder();
    int at = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (c == '\'') {
        at = quoted(pattern, at, formatter);
      } else {
        int run = run(pattern, at);
        if (Character.isLetter(c)) {
          field(c, run, formatter);
        } else {
          formatter.appendLiteral(pattern.substring(at, at + run));
        }
        at += run;
      }
    }
    return formatter.toFormatter(locale);
  }

  private static int run(String pattern, int at) {
    int end = at;
    while (end < pattern.length() && pattern.charAt(end) == pattern.charAt(at)) {
      end++;
    }
    return end - at;
  }

  /** Appends a quoted text, or the quote that two quotes are; returns where it ends. */
  private static int quoted(String pattern, int at, DateTimeFormatterBuilder formatter) {
    if (pattern.startsWith("''", at)) {
      formatter.appendLiteral('\'');
      return at + 2;
    }
    StringBuilder text = new StringBuilder();
    for (int i = at + 1; i < pattern.length(); i++) {
      if (pattern.charAt(i) != '\'') {
        text.append(pattern.charAt(i));
      } else if (pattern.startsWith("''", i)) {
        text.append(pattern.charAt(i++));
      } else {
        formatter.appendLiteral(text.toString());
        return i + 1;
      }
    }
    throw new IllegalArgumentException("'%s' has a quote that does not end".formatted(pattern));
  }

  private static void field(char letter, int run, DateTimeFormatterBuilder formatter) {
    switch (letter) {
      case 'Y' -> year(ChronoField.YEAR_OF_ERA, run, formatter);
      case 'y' -> year(ChronoField.YEAR, run, formatter);
      // Weeks are ISO weeks in Joda-Time, and those of the locale in java.time.
      case 'x' -> year(IsoFields.WEEK_BASED_YEAR, run, formatter);
      case 'w' -> number(IsoFields.WEEK_OF_WEEK_BASED_YEAR, run, formatter);
      case 'e' -> number(ChronoField.DAY_OF_WEEK, run, formatter);
      case 'Z' -> formatter.appendPattern(run == 1 ? "xx" : run == 2 ? "xxx" : "VV");
      // Five letters are a name as well, and in java.time its first letter.
      case 'M', 'E' -> formatter.appendPattern(String.valueOf(letter).repeat(Math.min(run, 4)));
      case 'D', 'd', 'a', 'K', 'h', 'H', 'k', 'm', 's', 'S', 'z', 'G' ->
          formatter.appendPattern(String.valueOf(letter).repeat(run));
      default -> throw new IllegalArgumentException("'%s' is not a date field".formatted(letter));
    }
  }

  /** Two letters are the year of the century; java.time would put a sign before a long year. */
  private static void year(TemporalField field, int run, DateTimeFormatterBuilder formatter) {
    if (run == 2) {
      formatter.appendValueReduced(field, 2, 2, 2000);
    } else {
      number(field, run, formatter);
    }
  }

  private static void number(TemporalField field, int run, DateTimeFormatterBuilder formatter) {
    formatter.appendValue(field, run, 19, SignStyle.NORMAL);
  }
}
