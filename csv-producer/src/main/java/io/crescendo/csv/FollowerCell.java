package io.crescendo.csv;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the digits in what files write for a number of followers. */
final class FollowerCell {

  // As the web API nests it, printed by Python or as JSON.
  private static final Pattern TOTAL =
      Pattern.compile(
          "\\{.*?['\"]total['\"]\\s*:\\s*(-?[0-9.]+|None|null)\\s*[,}].*", Pattern.DOTALL);

  // Groups of three with the same sign between them. One point alone could be a decimal point.
  private static final Pattern GROUPED =
      Pattern.compile(
          "-?[0-9]{1,3}([, '_\u00A0\u202F\u2019])[0-9]{3}(\\1[0-9]{3})*(\\.0+)?"
              + "|-?[0-9]{1,3}(\\.[0-9]{3}){2,}");
  private static final Pattern GROUP_SIGN = Pattern.compile("[, '_\u00A0\u202F\u2019]");

  private static final Pattern ZEROS_OF_THOUSANDS = Pattern.compile("-?[1-9][0-9]{0,2}\\.000");

  private static final int LONGEST = 400;

  private FollowerCell() {}

  /** The number as {@link WholeNumber} reads it; else the text as it is. */
  static String number(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return text;
    }
    if (text.charAt(0) == '{') {
      Matcher total = TOTAL.matcher(text);
      return total.matches() ? total.group(1) : text;
    }
    if (text.length() < 5 || isPlain(text) || !GROUPED.matcher(text).matches()) {
      return text;
    }
    return text.indexOf('.') != text.lastIndexOf('.')
        ? text.replace(".", "")
        : GROUP_SIGN.matcher(text).replaceAll("");
  }

  /**
   * Whether a number ends as twelve thousand does where a point parts thousands, and as twelve does
   * where floating-point numbers are written with three places.
   */
  static boolean mayBeThousands(String number) {
    return number.endsWith(".000") && ZEROS_OF_THOUSANDS.matcher(number).matches();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
