package io.crescendo.connect.s3.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/** Reads and checks the connector's configuration. */
public final class SinkConfig {

  /** What defines the keys, by what they are about, in the order in which they are explained. */
  static final Map<String, Consumer<ConfigDef>> SECTIONS = sections();

  private SinkConfig() {}

  private static Map<String, Consumer<ConfigDef>> sections() {
    Map<String, Consumer<ConfigDef>> sections = new LinkedHashMap<>();
    sections.put("The store", StoreKeys::define);
    sections.put("Credentials", IdentityKeys::define);
    sections.put("Proxy", ProxyKeys::define);
    sections.put("Encryption, access and tags of objects", ObjectKeys::define);
    sections.put("Names of objects", LayoutKeys::define);
    sections.put("When files end", RotationKeys::define);
    sections.put("What is in the files", FormatKeys::define);
    sections.put("Memory and threads", TaskKeys::define);
    return sections;
  }

  /** All keys of the connector itself. */
  public static ConfigDef definition() {
    ConfigDef keys = new ConfigDef();
    SECTIONS.values().forEach(section -> section.accept(keys));
    return keys;
  }

  /** Every key with its value, and every problem with the key that it belongs to. */
  public static List<ConfigValue> validate(Map<String, String> properties) {
    return List.copyOf(check(properties).values());
  }

  /**
   * The settings.
   *
   * @throws ConfigException naming every problem at once
   */
  public static SinkSettings settings(Map<String, String> properties) {
    Map<String, ConfigValue> checked = check(properties);
    List<String> problems =
        checked.values().stream().flatMap(v -> v.errorMessages().stream()).toList();
    if (!problems.isEmpty()) {
      throw new ConfigException(
          "%s problem%s in the connector's configuration: %s"
              .formatted(
                  problems.size(), problems.size() == 1 ? "" : "s", String.join("; ", problems)));
    }
    Values values = new Values(checked, properties);
    return new SinkSettings(
        StoreKeys.read(values),
        LayoutKeys.read(values),
        RotationKeys.read(values),
        RotationKeys.lateMillis(values),
        FormatKeys.read(values),
        values.number(TaskKeys.BUFFER),
        values.integer(TaskKeys.THREADS),
        // Without any pause, a task would ask a store that is away without end.
        Duration.ofMillis(Math.max(1, values.number(TaskKeys.RETRY_BACKOFF))));
  }

  /** Keys of Confluent's sink that are configured, and change nothing here. */
  public static Collection<String> withoutEffect(Map<String, String> properties) {
    return ConfluentKeys.without(properties);
  }

  private static Map<String, ConfigValue> check(Map<String, String> configured) {
    // JSON has null, which is as good as no value; Kafka would keep it instead of the default.
    Map<String, String> properties = new HashMap<>(configured);
    properties.values().removeIf(Objects::isNull);
    ConfigDef definition = definition();
    Map<String, ConfigValue> values = new LinkedHashMap<>();
    definition.validate(properties).forEach(v -> values.put(v.name(), v));
    Values known = new Values(values, properties);
    StoreKeys.check(known);
    IdentityKeys.check(known);
    ProxyKeys.check(known);
    ObjectKeys.check(known);
    LayoutKeys.check(known);
    RotationKeys.check(known);
    FormatKeys.check(known);
    configured.forEach(
        (key, value) -> {
          if (UnknownKeys.isUnknown(key, definition.names())) {
            // The value may be a secret under a misspelt key.
            values.put(key, refused(key, "[hidden]", UnknownKeys.message(key, definition.names())));
          }
          ConfluentKeys.problem(key, value).ifPresent(p -> values.put(key, refused(key, value, p)));
        });
    return values;
  }

  private static ConfigValue refused(String key, String value, String problem) {
    return new ConfigValue(key, value, List.of(), new ArrayList<>(List.of(problem)));
  }
}
