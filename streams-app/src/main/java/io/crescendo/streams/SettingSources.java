package io.crescendo.streams;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Gathers the texts of settings from the places that they can come from; later ones win. */
final class SettingSources {

  /** Environment variables that start so are settings. */
  static final String ENV_PREFIX = "CRESCENDO_STREAMS_";

  private final Map<String, String> given = new TreeMap<>();

  /** Takes one value where none is given yet. */
  SettingSources orElse(Setting setting, String value) {
    given.putIfAbsent(setting.key(), value);
    return this;
  }

  SettingSources set(String key, String value) {
    given.put(key, value);
    return this;
  }

  SettingSources setAll(Map<String, String> values) {
    given.putAll(values);
    return this;
  }

  /** A properties file in UTF-8. */
  SettingSources file(Path file) {
    return setAll(read(file));
  }

  /**
   * Variables such as {@code CRESCENDO_STREAMS_COMMIT_INTERVAL} for {@code commit.interval}, and
   * {@code CRESCENDO_STREAMS_KAFKA_SECURITY_PROTOCOL}.
   */
  SettingSources environment(Map<String, String> environment) {
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(ENV_PREFIX)) {
            String key = name.substring(ENV_PREFIX.length()).toLowerCase(Locale.ROOT);
            set(key.replace('_', '.'), value);
          }
        });
    return this;
  }

  /** Kafka's own properties from a file, as its command line tools take it. */
  SettingSources kafkaFile(Path file) {
    read(file).forEach(this::kafkaProperty);
    return this;
  }

  /** One of Kafka's own properties. */
  SettingSources kafkaProperty(String name, String value) {
    boolean ours = name.equals(Setting.BOOTSTRAP_SERVERS.key());
    return set(ours ? name : Setting.KAFKA_PREFIX + name, value);
  }

  /** Everything gathered so far, by key. */
  Map<String, String> given() {
    return Map.copyOf(given);
  }

  StreamsSettings settings() {
    return StreamsSettings.of(given);
  }

  private static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader in = Utf8.reader(file)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidSettingsException(
          List.of("file '%s' cannot be read: %s".formatted(file, e)));
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }
}
