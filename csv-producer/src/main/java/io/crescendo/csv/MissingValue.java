package io.crescendo.csv;

import io.crescendo.schemas.Blanks;
import java.util.Locale;
import java.util.Set;

/** What files write where a value is missing. */
final class MissingValue {

  private static final Set<String> WORDS =
      Set.of("none", "null", "nan", "<na>", "n/a", "na", "-", "\\n", "\"\"", "''", "#n/a");

  private static final int LONGEST = 4;

  private MissingValue() {}

  /** Not for names: artists are called NA and N/A. */
  static boolean is(String text) {
    if (text.isEmpty() || isDigit(text.charAt(0))) { // no word begins with one, most cells do
      return text.isEmpty();
    }
    return Blanks.are(text)
        || (text.length() <= LONGEST && WORDS.contains(text.toLowerCase(Locale.ROOT)));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
