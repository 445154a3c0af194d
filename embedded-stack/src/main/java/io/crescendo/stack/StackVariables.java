package io.crescendo.stack;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Answers {@code ${env:NAME}} in connector configurations from the parameters that the embedded
 * worker was started with, else from variables of the environment that are Crescendo's. So the
 * files in {@code connectors/config} work here as they do on a cluster, where Kafka's {@code
 * EnvVarConfigProvider} bears the same name.
 *
 * <p>Whoever validates a configuration is told its values, so that no other variable may be had
 * this way: the environment of whoever starts a stack is full of other programs' secrets.
 */
public final class StackVariables implements ConfigProvider {

  private static final String OURS = "CRESCENDO_";

  private final Map<String, String> values = new HashMap<>();

  /** Answers from the environment of the process. */
  public StackVariables() {
    this(System.getenv());
  }

  StackVariables(Map<String, String> environment) {
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(OURS)) {
            values.put(name, value);
          }
        });
  }

  @Override
  public void configure(Map<String, ?> parameters) {
    parameters.forEach((name, value) -> values.put(name, String.valueOf(value)));
  }

  @Override
  public ConfigData get(String path) {
    return new ConfigData(values);
  }

  @Override
  public ConfigData get(String path, Set<String> names) {
    Map<String, String> found = new HashMap<>();
    for (String name : names) {
      String value = values.get(name);
      if (value == null) {
        throw new ConfigException(
            "'${env:%s}' in a connector configuration has no value on this worker, which knows the stack's key pair and variables of the environment that begin with %s"
                .formatted(name, OURS));
      }
      found.put(name, value);
    }
    return new ConfigData(found);
  }

  @Override
  public void close() {}
}
