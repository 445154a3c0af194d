package io.crescendo.refresh;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Views that every engine offers beside the tables, so that no query has to repeat what "latest"
 * means. Each is one SELECT in {@code views/*.sql}, in the SQL that the queries are written in.
 */
public final class Views {

  // A view may use the ones before it.
  private static final List<String> ORDER =
      List.of("artists_latest", "artist_genres", "growth_period");
  private static final Map<String, String> BUNDLED = load();

  private Views() {}

  /** The SELECT of each view by its name, in an order in which they can be created. */
  public static Map<String, String> bundled() {
    return BUNDLED;
  }

  private static Map<String, String> load() {
    Map<String, String> files = Queries.resources("views");
    Map<String, String> views = new LinkedHashMap<>();
    for (String name : ORDER) {
      views.put(name, withoutHeader(files.get(name)));
    }
    return java.util.Collections.unmodifiableMap(views);
  }

  private static String withoutHeader(String text) {
    return text.lines()
        .dropWhile(l -> l.startsWith("--"))
        .collect(Collectors.joining("\n"))
        .strip();
  }
}
