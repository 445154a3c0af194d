package io.crescendo.refresh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query with values for its parameters, which its SQL names as {@code :genre}. Values never
 * become part of the SQL: the engine gets them apart from it.
 *
 * @param query the query; its SQL names each parameter at least once
 * @param values value of each parameter: a String or a Long
 */
record Question(Query query, Map<String, Object> values) {

  private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):([a-z]+)\\b");

  /** Makes the map unmodifiable, in its order. */
  Question {
    values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The query with a {@code ?} for each mention of a parameter. */
  Query positional() {
    return new Query(
        query.name(),
        query.title(),
        query.description(),
        query.chart(),
        PARAMETER.matcher(query.sql()).replaceAll("?"),
        query.maxRows());
  }

  /**
   * Values in the order of the {@code ?}.
   *
   * @throws IllegalStateException if the SQL names a parameter without a value
   */
  List<Object> inOrder() {
    List<Object> ordered = new ArrayList<>();
    Matcher parameter = PARAMETER.matcher(query.sql());
    while (parameter.find()) {
      Object value = values.get(parameter.group(1));
      if (value == null) {
        throw new IllegalStateException(
            "Query '%s' names :%s, which has no value".formatted(query.name(), parameter.group(1)));
      }
      ordered.add(value);
    }
    return ordered;
  }
}
