package io.crescendo.refresh;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes what came from outside harmless to a terminal. */
final class Terminal {

  /**
   * What moves the cursor, colours what follows, turns its direction, or is not to be seen; not the
   * joiner of emoji. The other modules have the same rule in {@code schemas}.
   */
  private static final Pattern CONTROLS =
      Pattern.compile(
          "[\\p{Cc}\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060\\u2066-\\u2069\\ufeff]");

  private Terminal() {}

  /** Text with a dot in the place of each control. */
  static String text(String text) {
    return CONTROLS.matcher(text).replaceAll("\u00b7");
  }

  /** Prints a message, which may have several lines. */
  static void say(String message, PrintWriter to) {
    message.lines().map(Terminal::text).forEach(to::println);
    to.flush();
  }

  /** A document as JSON on one line. JSON itself demands only the oldest controls to be escaped. */
  static String json(Object document) {
    return CONTROLS
        .matcher(Json.text(document))
        .replaceAll(
            found -> String.format(Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0)));
  }
}
