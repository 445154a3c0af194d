package io.crescendo.streams;

import java.util.regex.Pattern;

/** Makes what came from outside harmless to a terminal. */
final class Terminal {

  /** What moves the cursor, colours what follows, or turns its direction. */
  private static final Pattern CONTROLS =
      Pattern.compile("[\\p{Cc}\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]");

  private Terminal() {}

  /** One line with each control as JSON escapes it; so JSON stays the same document. */
  static String harmless(String line) {
    return CONTROLS
        .matcher(line)
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }
}
