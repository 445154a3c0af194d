package io.crescendo.streams;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.HostInfo;

/** Reads typed values out of texts by key, and collects what is wrong with them. */
final class SettingsReader {

  private final Map<String, String> given;
  private final List<String> problems = new ArrayList<>();

  SettingsReader(Map<String, String> given) {
    this.given = given;
  }

  /** Every problem so far. */
  List<String> problems() {
    return problems;
  }

  void checkKeys() {
    for (String key : new TreeMap<>(given).keySet()) {
      if (!key.startsWith(Setting.KAFKA_PREFIX) && !Setting.keys().contains(key)) {
        problems.add(
            "'%s' is no setting; the nearest is '%s'".formatted(key, Setting.nearest(key)));
      }
    }
  }

  String text(Setting setting) {
    String value = given.getOrDefault(setting.key(), setting.defaultValue()).strip();
    if (value.isEmpty()) {
      problems.add("%s must not be empty".formatted(setting.key()));
      return setting.defaultValue();
    }
    return value;
  }

  /** Addresses separated by commas, as given. */
  String addresses(Setting setting) {
    String value = text(setting);
    for (String address : value.split(",", -1)) {
      if (!isAddress(address.strip())) {
        problems.add(
            "%s must be host:port, separated by commas, got '%s'"
                .formatted(setting.key(), address.strip()));
      }
    }
    return value;
  }

  static boolean isAddress(String address) {
    try {
      HostInfo parsed = HostInfo.buildFromEndpoint(address);
      return parsed != null && parsed.port() > 0 && parsed.port() <= HttpSettings.MAX_PORT;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** A text that may be empty, which is none. */
  Optional<String> optionalText(Setting setting) {
    String value = given.getOrDefault(setting.key(), setting.defaultValue()).strip();
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  Optional<Path> path(Setting setting) {
    String value = given.getOrDefault(setting.key(), setting.defaultValue()).strip();
    try {
      return value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value));
    } catch (InvalidPathException e) {
      problems.add("%s must be a path, got '%s'".formatted(setting.key(), value));
      return Optional.empty();
    }
  }

  long number(Setting setting, long min, long max) {
    String value = text(setting);
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
      problems.add("%s must be %s to %s, got %s".formatted(setting.key(), min, max, number));
    } catch (NumberFormatException e) {
      problems.add("%s must be a whole number, got '%s'".formatted(setting.key(), value));
    }
    return Long.parseLong(setting.defaultValue());
  }

  boolean truth(Setting setting) {
    String value = text(setting);
    if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
      problems.add("%s must be true or false, got '%s'".formatted(setting.key(), value));
    }
    return Boolean.parseBoolean(value);
  }

  Duration duration(Setting setting, Duration min, Duration max) {
    String value = text(setting);
    try {
      Duration duration = Duration.parse(value);
      if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
        return duration;
      }
      problems.add("%s must be %s to %s, got %s".formatted(setting.key(), min, max, duration));
    } catch (DateTimeException e) {
      problems.add(
          "%s must be an ISO-8601 duration such as PT1S, got '%s'".formatted(setting.key(), value));
    }
    return Duration.parse(setting.defaultValue());
  }

  GroupProtocol groupProtocol(Setting setting) {
    String value = text(setting);
    for (GroupProtocol protocol : GroupProtocol.values()) {
      if (protocol.property().equalsIgnoreCase(value)) {
        return protocol;
      }
    }
    String known =
        Arrays.stream(GroupProtocol.values())
            .map(GroupProtocol::property)
            .collect(Collectors.joining(" or "));
    problems.add("%s must be %s, got '%s'".formatted(setting.key(), known, value));
    return GroupProtocol.CLASSIC;
  }

  /** Kafka's own properties, without the prefix. */
  Map<String, String> kafka() {
    Map<String, String> kafka = new TreeMap<>();
    given.forEach(
        (key, value) -> {
          if (key.startsWith(Setting.KAFKA_PREFIX)) {
            String property = key.substring(Setting.KAFKA_PREFIX.length());
            String advice = KafkaProperties.adviceAgainst(property);
            if (advice == null) {
              kafka.put(property, value);
            } else {
              problems.add("'%s' cannot be set: %s".formatted(key, advice));
            }
          }
        });
    return kafka;
  }
}
