package io.crescendo.csv;

import io.crescendo.schemas.Terminal;

/** Text from a file made fit for a message: short, on one line, and harmless to a terminal. */
final class Excerpt {

  private static final int LENGTH = 80;

  private Excerpt() {}

  static String of(String text) {
    String beginning = beginning(text, LENGTH);
    return Terminal.harmless(beginning) + (beginning.length() < text.length() ? "…" : "");
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
