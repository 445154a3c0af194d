package io.crescendo.csv;

/** Text from a file made fit for a message: short, on one line, and harmless to a terminal. */
final class Excerpt {

  private static final int LENGTH = 80;

  private Excerpt() {}

  static String of(String text) {
    String beginning = beginning(text, LENGTH);
    StringBuilder shown = new StringBuilder(beginning.length() + 1);
    beginning
        .codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                shown.append("\\u%04x".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.append(beginning.length() < text.length() ? "…" : "").toString();
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
