package io.crescendo.csv;

import java.util.Set;
import java.util.regex.Pattern;

/** What a spreadsheet makes of text that it takes for something else. */
final class SpreadsheetDamage {

  private static final Pattern MIDNIGHT =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]00:00(:00(\\.0+)?)?");
  private static final Pattern DATE =
      Pattern.compile(
          "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([ T][0-9:.]+Z?)?"
              + "|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}"
              + "|[0-9]{1,2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(-[0-9]{2,4})?"
              + "|(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-[0-9]{2,4}");
  private static final Set<String> ERRORS =
      Set.of("#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!");

  private static final int SHORTEST_DATE = "1-Jan".length();
  private static final int SHORTEST_MIDNIGHT = "2026-01-31 00:00".length();

  private SpreadsheetDamage() {}

  /** Whether text is a date where nothing but damage can have put one. */
  static boolean isDate(String text) {
    return startsLikeADate(text) && DATE.matcher(text).matches();
  }

  /**
   * Whether an artist's name is damaged for certain: {@code 11/26} became {@code 2026-11-01
   * 00:00:00}, {@code +Plus} became {@code #NAME?}. A name may be a date, but hardly midnight.
   */
  static boolean isInName(String text) {
    String name = text.strip();
    return (startsLikeMidnight(name) && MIDNIGHT.matcher(name).matches())
        || (name.startsWith("#") && ERRORS.contains(name));
  }

  // Patterns cost more than all else that is done with a name; these turn nearly all names away.

  private static boolean startsLikeADate(String text) {
    return text.length() >= SHORTEST_DATE
        && (isDigit(text.charAt(0))
            || ("JFMASOND".indexOf(text.charAt(0)) >= 0 && text.charAt(3) == '-'));
  }

  private static boolean startsLikeMidnight(String text) {
    return text.length() >= SHORTEST_MIDNIGHT && text.charAt(4) == '-' && isDigit(text.charAt(0));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
