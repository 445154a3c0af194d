package io.crescendo.csv;

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
    return text.isBlank()
        || (text.length() <= LONGEST && WORDS.contains(text.toLowerCase(Locale.ROOT)));
  }
}
