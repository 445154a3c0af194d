package io.crescendo.streams;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that say how to reach Kafka. */
final class KafkaOptions {

  private static final String BOOTSTRAP_SERVER = "--bootstrap-server";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = BOOTSTRAP_SERVER,
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9092",
      description = "Brokers to start from (default: ${DEFAULT-VALUE}).")
  private String bootstrapServer;

  @Option(
      names = "--kafka-property",
      paramLabel = "NAME=VALUE",
      description = "Any property of Kafka's clients; wins over --kafka-config. Repeatable.")
  private Map<String, String> properties = new LinkedHashMap<>();

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties file of Kafka client properties, such as TLS and SASL.")
  private Path config;

  /**
   * Lays them around settings from elsewhere: the file below, single properties above. An address
   * on the command line wins over every other, the default gives way to every other.
   *
   * @throws InvalidSettingsException if the file cannot be read
   */
  SettingSources around(SettingSources middle) {
    SettingSources sources = new SettingSources();
    if (config != null) {
      sources.kafkaFile(config);
    }
    sources.setAll(middle.given());
    properties.forEach(sources::kafkaProperty);
    if (spec.commandLine().getParseResult().hasMatchedOption(BOOTSTRAP_SERVER)) {
      sources.set(Setting.BOOTSTRAP_SERVERS.key(), bootstrapServer);
    }
    return sources.orElse(Setting.BOOTSTRAP_SERVERS, bootstrapServer);
  }

  /**
   * Properties of a Kafka client.
   *
   * @throws InvalidSettingsException if the file cannot be read
   */
  Properties client() {
    Properties client = new Properties();
    around(new SettingSources())
        .given()
        .forEach(
            (key, value) ->
                client.setProperty(
                    key.equals(Setting.BOOTSTRAP_SERVERS.key())
                        ? CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG
                        : key.substring(Setting.KAFKA_PREFIX.length()),
                    value));
    return client;
  }
}
