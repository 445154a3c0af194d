package io.crescendo.refresh;

import java.util.Locale;
import java.util.Map;

/** Type names of Trino in DuckDB's words, and back. */
final class DuckDbTypes {

  private static final Map<String, String> TO_TRINO =
      Map.of(
          "FLOAT", "real",
          "BLOB", "varbinary",
          "HUGEINT", "decimal(38,0)",
          "TIMESTAMP", "timestamp(6)",
          "TIMESTAMP_S", "timestamp(0)",
          "TIMESTAMP_MS", "timestamp(3)",
          "TIMESTAMP_NS", "timestamp(9)",
          "TIMESTAMP WITH TIME ZONE", "timestamp(6) with time zone",
          "\"NULL\"", "unknown");

  private DuckDbTypes() {}

  static String toTrino(String type) {
    if (type.endsWith("[]")) {
      return "array(" + toTrino(type.substring(0, type.length() - 2)) + ")";
    }
    return TO_TRINO.getOrDefault(type, type.toLowerCase(Locale.ROOT));
  }

  static String fromTrino(String type) {
    if (type.startsWith("array(")) {
      return fromTrino(type.substring("array(".length(), type.length() - 1)) + "[]";
    }
    if (type.startsWith("timestamp")) {
      return "TIMESTAMP";
    }
    return type.equals("varbinary") ? "BLOB" : type.toUpperCase(Locale.ROOT);
  }
}
