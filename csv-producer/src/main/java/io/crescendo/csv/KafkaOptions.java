package io.crescendo.csv;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say how to reach Kafka. */
final class KafkaOptions {

  private static final String BOOTSTRAP_OPTION = "--bootstrap-server";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = BOOTSTRAP_OPTION,
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9092",
      description = "Kafka brokers to start from (default: ${DEFAULT-VALUE}).")
  private String bootstrapServer;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties file with Kafka client properties.")
  private Path config;

  @Option(
      names = "--kafka-property",
      paramLabel = "KEY=VALUE",
      description = "A Kafka client property; wins over --kafka-config. Repeatable.")
  private Map<String, String> properties = new LinkedHashMap<>();

  /**
   * All of them together. {@code bootstrap.servers} from a file or property only gives way to an
   * address on the command line.
   */
  Map<String, Object> properties() {
    Map<String, Object> all = new HashMap<>();
    if (config != null) {
      Properties file = new Properties();
      try (Reader reader = Files.newBufferedReader(config, StandardCharsets.UTF_8)) {
        file.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new ParameterException(
            spec.commandLine(), "--kafka-config: '%s' cannot be read (%s)".formatted(config, e), e);
      }
      file.stringPropertyNames().forEach(key -> all.put(key, file.getProperty(key)));
    }
    all.putAll(properties);
    boolean typed = spec.commandLine().getParseResult().hasMatchedOption(BOOTSTRAP_OPTION);
    if (typed || !all.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
      all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServer);
    }
    return all;
  }
}
