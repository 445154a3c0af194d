package io.crescendo.schemas;

import java.util.Locale;
import java.util.regex.Pattern;

/** Makes what came from outside harmless to a terminal. */
public final class Terminal {

  /**
   * What moves the cursor, colours what follows, turns its direction, or is not to be seen; not the
   * joiner of emoji. {@code refresh-job}, which depends on none of the modules, has the same rule.
   */
  private static final Pattern CONTROLS =
      Pattern.compile(
          "[\\p{Cc}\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060\\u2066-\\u2069\\ufeff]");

  private Terminal() {}

  /** One line with each control as JSON escapes it; so JSON stays the same document. */
  public static String harmless(String line) {
    return CONTROLS
        .matcher(line)
        .replaceAll(
            found -> String.format(Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0)));
  }
}
