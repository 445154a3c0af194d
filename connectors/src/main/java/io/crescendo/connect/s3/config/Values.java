package io.crescendo.connect.s3.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;

/** Parsed values by key, and the problems found with them. */
final class Values {

  private final Map<String, ConfigValue> values;
  private final Map<String, String> configured;

  /**
   * @param configured everything as it was configured
   */
  Values(Map<String, ConfigValue> values, Map<String, String> configured) {
    this.values = values;
    this.configured = configured;
  }

  /** What was configured with keys of that prefix, by the rest of the key. */
  Map<String, String> prefixed(String prefix) {
    Map<String, String> found = new HashMap<>();
    configured.forEach(
        (key, value) -> {
          if (key.startsWith(prefix) && value != null) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }

  /** Whether the key has a value that is not its default. */
  boolean configured(String key) {
    return configured.get(key) != null;
  }

  /** Reports a problem with a key. */
  void problem(String key, String rule) {
    values.get(key).addErrorMessage("%s %s".formatted(key, rule));
  }

  /** Whether nothing is wrong with those keys so far. */
  boolean fine(String... keys) {
    for (String key : keys) {
      if (!values.get(key).errorMessages().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** A text without surrounding space; empty where the key is absent or blank. */
  String text(String key) {
    Object value = values.get(key).value();
    return value == null ? "" : value.toString().strip();
  }

  int integer(String key) {
    return (Integer) values.get(key).value();
  }

  long number(String key) {
    return (Long) values.get(key).value();
  }

  boolean flag(String key) {
    return (Boolean) values.get(key).value();
  }

  /** A secret; null where the key is absent or blank. */
  Password password(String key) {
    Password value = (Password) values.get(key).value();
    return value == null || value.value().isBlank() ? null : value;
  }

  @SuppressWarnings("unchecked")
  List<String> list(String key) {
    List<String> value = (List<String>) values.get(key).value();
    return value.stream().map(String::strip).filter(v -> !v.isEmpty()).toList();
  }
}
