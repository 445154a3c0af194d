package io.crescendo.refresh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The type that holds the values of two others, which files of one table have for the same column:
 * a wider number or a finer timestamp, also within arrays, maps and rows, a row with the fields of
 * both, and any type where the other is unknown. Names of types are Trino's.
 */
final class WiderType {

  /** The type of a column that has no value in a file, and whose writer knew no more of it. */
  static final String UNKNOWN = "unknown";

  private static final Map<Set<String>, String> PLAIN =
      Map.of(
          Set.of("integer", "bigint"), "bigint",
          Set.of("real", "double"), "double",
          Set.of("timestamp(3)", "timestamp(6)"), "timestamp(6)",
          Set.of("timestamp(3)", "timestamp(9)"), "timestamp(9)",
          Set.of("timestamp(6)", "timestamp(9)"), "timestamp(9)");

  private WiderType() {}

  /** The type that holds both; nothing where there is none. */
  static Optional<String> of(String one, String other) {
    if (one.equals(other) || other.equals(UNKNOWN)) {
      return Optional.of(one);
    }
    if (one.equals(UNKNOWN)) {
      return Optional.of(other);
    }
    for (String kind : List.of("array(", "map(")) {
      if (one.startsWith(kind) && other.startsWith(kind)) {
        return each(inside(one), inside(other)).map(all -> kind + all + ")");
      }
    }
    if (one.startsWith("row(") && other.startsWith("row(")) {
      return row(inside(one), inside(other));
    }
    return Optional.ofNullable(PLAIN.get(Set.of(one, other)));
  }

  private static Optional<String> each(List<String> ones, List<String> others) {
    List<String> wider = new ArrayList<>();
    for (int i = 0; i < Math.max(ones.size(), others.size()); i++) {
      Optional<String> both = of(part(ones, i), part(others, i));
      if (both.isEmpty()) {
        return both;
      }
      wider.add(both.get());
    }
    return Optional.of(String.join(", ", wider));
  }

  private static String part(List<String> parts, int position) {
    return position < parts.size() ? parts.get(position) : "";
  }

  private static Optional<String> row(List<String> ones, List<String> others) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (List<String> some : List.of(ones, others)) {
      for (String field : some) {
        int blank = field.indexOf(' ');
        if (blank <= 0) {
          // of a name that brackets or commas are in
          return Optional.empty();
        }
        String name = field.substring(0, blank);
        String type = field.substring(blank + 1);
        Optional<String> both = of(fields.getOrDefault(name, type), type);
        if (both.isEmpty()) {
          return both;
        }
        fields.put(name, both.get());
      }
    }
    List<String> all = new ArrayList<>();
    fields.forEach((name, type) -> all.add(name + " " + type));
    return Optional.of("row(" + String.join(", ", all) + ")");
  }

  /** The parts within the outermost brackets, which stand between {@code ", "}. */
  private static List<String> inside(String type) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = type.indexOf('(') + 1;
    for (int i = from; i < type.length(); i++) {
      char c = type.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth < 0 || depth == 0 && type.startsWith(", ", i)) {
        parts.add(type.substring(from, i));
        from = i + 2;
      }
    }
    return parts;
  }
}
