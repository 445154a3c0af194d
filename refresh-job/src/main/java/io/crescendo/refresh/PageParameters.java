package io.crescendo.refresh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Parameters of a request of the page, checked against what may stand there.
 *
 * @param scope part of the warehouse that it is about
 * @param own the parameters that its query names: {@code q}, {@code artist}
 * @param limit most rows to answer; absent for all that there are
 */
record PageParameters(Scope scope, Map<String, Object> own, OptionalInt limit) {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_ID = 128;

  /**
   * Reads the parameters of a request.
   *
   * @param given values by name, as they came
   * @param ownNames the parameters that the query needs; with them it takes no scope
   * @throws ConfigurationException naming every parameter that is unknown, missing or out of bounds
   */
  static PageParameters of(Map<String, List<String>> given, Set<String> ownNames) {
    List<String> problems = new ArrayList<>();
    Set<String> allowed = new TreeSet<>(ownNames);
    allowed.addAll(ownNames.isEmpty() ? Set.of("genre", "tier", "days", "limit") : Set.of("limit"));
    given.forEach(
        (name, values) -> {
          if (!allowed.contains(name)) {
            problems.add("unknown parameter '%s'; there are %s".formatted(name, allowed));
          } else if (values.size() != 1) {
            problems.add("parameter '%s' must be given once".formatted(name));
          }
        });
    Map<String, Object> own =
        ownNames.stream()
            .collect(
                Collectors.toMap(
                    name -> name,
                    name -> text(name, value(given, name), name.equals("artist"), problems)));
    String genre = value(given, "genre");
    String tier = value(given, "tier");
    Scope scope =
        new Scope(
            genre == null ? null : text("genre", genre, false, problems),
            tier,
            number(given, "days", Scope.USUAL_DAYS, problems));
    if (tier != null && !Scope.TIERS.contains(tier)) {
      problems.add("parameter 'tier' must be one of %s, got '%s'".formatted(Scope.TIERS, tier));
    }
    if (!Scope.PERIODS.contains(scope.days())) {
      problems.add(
          "parameter 'days' must be one of %s, got %s".formatted(Scope.PERIODS, scope.days()));
    }
    OptionalInt limit = limit(given, problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return new PageParameters(scope, own, limit);
  }

  private static String value(Map<String, List<String>> given, String name) {
    List<String> values = given.getOrDefault(name, List.of());
    return values.isEmpty() ? null : values.get(0);
  }

  private static String text(String name, String value, boolean id, List<String> problems) {
    int longest = id ? LONGEST_ID : LONGEST_NAME;
    if (value == null || value.isBlank() || value.length() > longest) {
      problems.add(
          "parameter '%s' must be 1 to %s characters, got %s"
              .formatted(name, longest, value == null ? "none" : value.length()));
      return "";
    }
    return value;
  }

  private static OptionalInt limit(Map<String, List<String>> given, List<String> problems) {
    if (!given.containsKey("limit")) {
      return OptionalInt.empty();
    }
    long limit = number(given, "limit", 1, problems);
    if (limit < 1 || limit > Explorer.MOST_ROWS) {
      problems.add(
          "parameter 'limit' must be 1 to %s, got %s".formatted(Explorer.MOST_ROWS, limit));
    }
    return OptionalInt.of((int) limit);
  }

  private static long number(
      Map<String, List<String>> given, String name, long absent, List<String> problems) {
    String value = value(given, name);
    if (value == null) {
      return absent;
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      problems.add("parameter '%s' must be a whole number, got '%s'".formatted(name, value));
      return absent;
    }
  }
}
