package io.crescendo.connect.s3.config;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Rules for single values that Kafka's own validators do not have. */
final class Rules {

  private Rules() {}

  /** A text that a parser accepts, or a blank one; the parser throws a RuntimeException. */
  static ConfigDef.Validator parses(String rule, Consumer<String> parser) {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          String text = value == null ? "" : value.toString().strip();
          if (text.isEmpty()) {
            return;
          }
          try {
            parser.accept(text);
          } catch (RuntimeException e) {
            throw new ConfigException(name, value, "must be " + rule);
          }
        },
        () -> rule);
  }

  /** As {@link #parses}, but not blank. */
  static ConfigDef.Validator parsesNotBlank(String rule, Consumer<String> parser) {
    return ConfigDef.CompositeValidator.of(notBlank(), parses(rule, parser));
  }

  static ConfigDef.Validator oneOf(Set<String> allowed) {
    Set<String> sorted = new TreeSet<>(allowed);
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          if (!sorted.contains(String.valueOf(value).strip().toLowerCase(Locale.ROOT))) {
            throw new ConfigException(name, value, "must be one of " + String.join(", ", sorted));
          }
        },
        () -> "one of " + String.join(", ", sorted));
  }

  /** As {@link #oneOf}, or nothing. */
  static ConfigDef.Validator blankOrOneOf(Set<String> allowed) {
    Set<String> sorted = new TreeSet<>(allowed);
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          String text = value == null ? "" : value.toString().strip();
          if (!text.isEmpty() && sorted.stream().noneMatch(text::equalsIgnoreCase)) {
            throw new ConfigException(
                name, value, "must be blank or one of " + String.join(", ", sorted));
          }
        },
        () -> "blank or one of " + String.join(", ", sorted));
  }

  static ConfigDef.Validator notBlank() {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          if (value != null && value.toString().isBlank()) {
            throw new ConfigException(name, value, "must not be blank");
          }
        },
        () -> "not blank");
  }

  /** A positive number, or -1 for off. */
  static ConfigDef.Validator positiveOrOff() {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          if (value != null
              && ((Number) value).longValue() != -1
              && ((Number) value).longValue() < 1) {
            throw new ConfigException(name, value, "must be at least 1, or -1 for off");
          }
        },
        () -> "at least 1, or -1 for off");
  }
}
