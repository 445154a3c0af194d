package io.crescendo.csv;

/** Text from a file made fit for a message: short, on one line, and harmless to a terminal. */
final class Excerpt {

  private static final int LENGTH = 80;

  private Excerpt() {}

  static String of(String text) {
    String beginning = beginning(text, LENGTH);
    return harmless(beginning) + (beginning.length() < text.length() ? "…" : "");
  }

  /** The whole text, on one line and harmless to a terminal. */
  static String harmless(String text) {
    if (text.codePoints().noneMatch(Excerpt::isHarmful)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (isHarmful(c)) {
                shown.append("\\u%04x".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }

  private static boolean isHarmful(int c) {
    return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
  }

  /** The first characters, never half of a surrogate pair. */
  static String beginning(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, splitsPair ? length - 1 : length);
  }
}
