package io.crescendo.connect.registry;

import io.crescendo.registry.RegistrySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.storage.ConverterConfig;

/** Keys of the converter; they are Confluent's. */
final class RegistryKeys {

  /** Connect's, from 4.1 on: which version of this converter the worker loads. */
  private static final String PLUGIN_VERSION = "plugin.version";

  private static final String URL = "schema.registry.url";
  private static final String USER_INFO = "basic.auth.user.info";
  private static final String FORMER_USER_INFO = "schema.registry.basic.auth.user.info";
  private static final String TIMEOUT = "schema.registry.timeout.ms";
  private static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";

  /**
   * Of Confluent's converter: about Structs, which are not made here, or about how schemas are
   * registered. Those that would change what is read, such as use.latest.version, are not here.
   */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "auto.register.schemas",
          "connect.meta.data",
          "enhanced.avro.schema.support",
          "key.subject.name.strategy",
          "schemas.cache.config",
          "schemas.enable",
          "value.subject.name.strategy");

  private RegistryKeys() {}

  static ConfigDef definition() {
    return new ConfigDef()
        .define(
            ConverterConfig.TYPE_CONFIG,
            Type.STRING,
            "value",
            Importance.LOW,
            "Set by the worker: key, value or header.")
        .define(
            PLUGIN_VERSION,
            Type.STRING,
            null,
            Importance.LOW,
            "Set for the worker: which version of the converter it loads.")
        .define(
            URL,
            Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            new NonEmptyString(),
            Importance.HIGH,
            "Addresses of the schema registry, separated by commas.")
        .define(
            USER_INFO,
            Type.PASSWORD,
            "",
            Importance.MEDIUM,
            "user:password for the registry; empty for none.")
        .define(
            FORMER_USER_INFO,
            Type.PASSWORD,
            "",
            Importance.LOW,
            "The same, as many configurations of Confluent's converter have it.")
        .define(
            CREDENTIALS_SOURCE,
            Type.STRING,
            "USER_INFO",
            ConfigDef.ValidString.in("USER_INFO"),
            Importance.LOW,
            "Accepted for Confluent's configurations; a password in the address is refused.")
        .define(
            TIMEOUT,
            Type.LONG,
            30_000L,
            ConfigDef.Range.atLeast(0L),
            Importance.LOW,
            "How long the registry is asked again where it does not answer, in milliseconds, before the"
                + " task fails; less than max.poll.interval.ms.");
  }

  /**
   * @throws ConfigException if a key is unknown, or a value wrong
   */
  static RegistrySettings settings(Map<String, ?> properties) {
    ConfigDef definition = definition();
    List<String> unknown =
        new TreeSet<>(properties.keySet())
            .stream()
                .filter(k -> !definition.names().contains(k) && !WITHOUT_EFFECT.contains(k))
                .toList();
    if (!unknown.isEmpty()) {
      throw new ConfigException(
          "%s: no key of this converter, whose keys are %s"
              .formatted(
                  String.join(", ", unknown),
                  new TreeSet<>(definition.names()).stream().collect(Collectors.joining(", "))));
    }
    AbstractConfig config = new AbstractConfig(definition, properties, false);
    String userInfo = config.getPassword(USER_INFO).value();
    try {
      return RegistrySettings.of(
              config.getString(URL),
              userInfo.isEmpty() ? config.getPassword(FORMER_USER_INFO).value() : userInfo)
          .withPatience(Duration.ofMillis(config.getLong(TIMEOUT)));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(URL + ": " + e.getMessage());
    }
  }
}
