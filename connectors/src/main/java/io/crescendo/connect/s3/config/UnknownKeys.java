package io.crescendo.connect.s3.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Keys that neither the sink nor Connect itself knows, nor Confluent's sink. */
final class UnknownKeys {

  private static final Set<String> OF_CONNECT =
      Set.of(
          "name",
          "connector.class",
          "connector.plugin.version",
          "tasks.max",
          "tasks.max.enforce",
          "task.class",
          "topics",
          "topics.regex",
          "key.converter",
          "value.converter",
          "header.converter",
          "config.action.reload",
          "transforms",
          "predicates");

  private static final List<String> PREFIXES_OF_CONNECT =
      List.of(
          "key.converter.",
          "value.converter.",
          "header.converter.",
          "transforms.",
          "predicates.",
          "errors.",
          "consumer.override.",
          "producer.override.",
          "admin.override.",
          "confluent.",
          IdentityKeys.PROVIDER_PREFIX);

  private UnknownKeys() {}

  static boolean isUnknown(String key, Collection<String> known) {
    return !known.contains(key)
        && !OF_CONNECT.contains(key)
        && !ConfluentKeys.knows(key)
        && PREFIXES_OF_CONNECT.stream().noneMatch(key::startsWith);
  }

  static String message(String key, Collection<String> known) {
    String nearest =
        known.stream().min(Comparator.comparingInt(k -> distance(k, key))).orElseThrow();
    return "%s is not a key of this connector; the nearest is %s".formatted(key, nearest);
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    return row[b.length()];
  }
}
