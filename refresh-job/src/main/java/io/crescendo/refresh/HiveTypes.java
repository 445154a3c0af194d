package io.crescendo.refresh;

import java.util.Locale;
import java.util.Map;

/** Type names of Hive, which Glue speaks, in Trino's words. */
final class HiveTypes {

  private static final Map<String, String> TO_TRINO =
      Map.of(
          "string", "varchar",
          "int", "integer",
          "float", "real",
          "binary", "varbinary",
          "timestamp", "timestamp(3)");

  private HiveTypes() {}

  static String fromTrino(String type) {
    if (type.startsWith("array(")) {
      return "array<" + fromTrino(type.substring("array(".length(), type.length() - 1)) + ">";
    }
    if (type.startsWith("timestamp")) {
      return "timestamp";
    }
    return TO_TRINO.entrySet().stream()
        .filter(e -> e.getValue().equals(type))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(type);
  }

  static String toTrino(String type) {
    String name = type.toLowerCase(Locale.ROOT).strip();
    if (name.startsWith("array<") && name.endsWith(">")) {
      return "array(" + toTrino(name.substring("array<".length(), name.length() - 1)) + ")";
    }
    return TO_TRINO.getOrDefault(name, name);
  }
}
