package io.crescendo.streams;

import io.crescendo.schemas.Blanks;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/**
 * How genre names are written: lower-cased, composed, with single spaces between words, without
 * repeats, in the order received. Names that look the same are one genre, or its totals would be
 * those of several.
 */
final class GenreNames {

  private GenreNames() {}

  /**
   * The names of a text such as {@code pop; dance pop} or, without a semicolon, {@code pop, rock}.
   */
  static List<String> split(String text) {
    char separator = text.indexOf(';') >= 0 ? ';' : ',';
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + 1;
    }
    parts.add(text.substring(from));
    return normalised(parts);
  }

  /** Leaves out blank names. */
  static List<String> normalised(List<String> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    LinkedHashSet<String> seen = new LinkedHashSet<>();
    for (String name : names) {
      String normal = normal(name);
      if (!normal.isEmpty()) {
        seen.add(normal);
      }
    }
    return List.copyOf(seen);
  }

  private static String normal(String name) {
    if (isNormal(name)) {
      return name;
    }
    // Control characters count as spaces; keys of the stores of genres have U+0000 for themselves.
    String composed = Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    StringBuilder words = new StringBuilder(composed.length());
    boolean space = false;
    for (int i = 0; i < composed.length(); i++) {
      char c = composed.charAt(i);
      if (Blanks.is(c)) {
        space = !words.isEmpty();
      } else {
        words.append(space ? " " : "").append(c);
        space = false;
      }
    }
    return words.toString();
  }

  /** Of most names a look is enough. */
  private static boolean isNormal(String name) {
    boolean space = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == ' ' ? space : c < ' ' || c > '~' || (c >= 'A' && c <= 'Z')) {
        return false;
      }
      space = c == ' ';
    }
    return !space;
  }
}
