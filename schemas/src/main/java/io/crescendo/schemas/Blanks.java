package io.crescendo.schemas;

/** What a reader sees nothing of. */
public final class Blanks {

  private static final char ZERO_WIDTH_SPACE = '\u200b';
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private Blanks() {}

  /** Spaces of every kind, also those that do not break lines, and control characters. */
  public static boolean is(char c) {
    return c <= ' '
        || (c >= 0x7f
            && (Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || c == ZERO_WIDTH_SPACE
                || c == BYTE_ORDER_MARK));
  }

  /** Whether a text has nothing else. */
  public static boolean are(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!is(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** A text without those that it begins and ends with. */
  public static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && is(text.charAt(from))) {
      from++;
    }
    while (from < to && is(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }
}
