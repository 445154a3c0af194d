package io.crescendo.streams;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/** How genre names are written: trimmed, lower-cased, without repeats, in the order received. */
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
      String normal = printable(name).strip().toLowerCase(Locale.ROOT);
      if (!normal.isEmpty()) {
        seen.add(normal);
      }
    }
    return List.copyOf(seen);
  }

  /** Control characters become spaces; the ranking of a genre ends its name with U+0000. */
  private static String printable(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        return name.replaceAll("\\p{Cntrl}", " ").replaceAll("[\u0080-\u009f]", " ");
      }
    }
    return name;
  }
}
