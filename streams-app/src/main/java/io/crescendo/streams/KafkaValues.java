package io.crescendo.streams;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Holds Kafka properties one by one against the definitions of Kafka Streams and its clients. Kafka
 * itself stops at the first that is wrong, and looks at those of a client when it makes one.
 */
final class KafkaValues {

  /** How a property of one kind of client begins; the kind is the group. */
  static final Pattern CLIENT_PREFIX =
      Pattern.compile("^(?:(?:main|restore|global)\\.)?(consumer|producer|admin)\\.");

  private static final Map<String, ConfigDef> CLIENTS =
      Map.of(
          "consumer", ConsumerConfig.configDef(),
          "producer", ProducerConfig.configDef(),
          "admin", AdminClientConfig.configDef());

  private static final ConfigDef STREAMS = StreamsConfig.configDef();

  private KafkaValues() {}

  /**
   * What Kafka has against values, in its own words, by property. It does not quote secrets. What
   * no definition knows is somebody else's, such as an interceptor's.
   *
   * @param given values by property, with or without the prefix of a client
   */
  static Map<String, String> problems(Map<String, String> given) {
    boolean providers = given.containsKey(AbstractConfig.CONFIG_PROVIDERS_CONFIG);
    Map<String, String> problems = new TreeMap<>();
    given.forEach(
        (property, value) -> {
          // A reference; only a provider knows the value.
          if (!(providers && value.contains("${"))) {
            problem(property, value).ifPresent(text -> problems.put(property, text));
          }
        });
    return problems;
  }

  private static Optional<String> problem(String property, String value) {
    Matcher prefix = CLIENT_PREFIX.matcher(property);
    if (prefix.find()) {
      ConfigDef client = CLIENTS.get(prefix.group(1));
      return errors(client, property.substring(prefix.end()), value).findFirst();
    }
    // Without a prefix it is for all who know it.
    return Stream.concat(Stream.of(STREAMS), CLIENTS.values().stream())
        .flatMap(definition -> errors(definition, property, value))
        .findFirst();
  }

  private static Stream<String> errors(ConfigDef definition, String name, String value) {
    if (!definition.names().contains(name)) {
      return Stream.empty();
    }
    List<String> errors = definition.validateAll(Map.of(name, value)).get(name).errorMessages();
    return errors.stream();
  }
}
