package io.crescendo.connect.s3;

import io.crescendo.connect.s3.config.SinkConfig;
import io.crescendo.connect.s3.config.SinkSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lands topics as Parquet in S3, exactly once under any rotation rule.
 *
 * <p>Its configuration keys, defaults and object layout are those of Confluent's S3 sink wherever
 * both have the feature.
 */
public final class S3ParquetSinkConnector extends SinkConnector {

  private static final Logger LOG = LoggerFactory.getLogger(S3ParquetSinkConnector.class);

  private Map<String, String> properties = Map.of();

  @Override
  public String version() {
    return BuildVersion.get();
  }

  @Override
  public ConfigDef config() {
    return SinkConfig.definition();
  }

  /** Reports every problem with the key that it belongs to; unknown keys are problems. */
  @Override
  public Config validate(Map<String, String> connectorConfigs) {
    return new Config(SinkConfig.validate(connectorConfigs));
  }

  /**
   * @throws org.apache.kafka.common.config.ConfigException naming every problem at once
   */
  @Override
  public void start(Map<String, String> props) {
    SinkSettings settings = SinkConfig.settings(props);
    if (!settings.store().conditionalWrites()) {
      LOG.warn(
          "s3.conditional.writes=false: objects are overwritten by key, so exactly once is lost; a"
              + " task that crashed before it committed, or that still runs after its partitions"
              + " moved, may land rows twice or replace an object with one of fewer rows");
    }
    Collection<String> withoutEffect = SinkConfig.withoutEffect(props);
    if (!withoutEffect.isEmpty()) {
      LOG.warn("Keys of Confluent's sink that have no effect here: {}", withoutEffect);
    }
    properties = Map.copyOf(props);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return S3ParquetSinkTask.class;
  }

  /** Every task gets the same, and its number; Connect spreads the topic partitions. */
  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    List<Map<String, String>> configs = new ArrayList<>();
    for (int task = 0; task < maxTasks; task++) {
      Map<String, String> config = new HashMap<>(properties);
      config.put(S3ParquetSinkTask.NUMBER, Integer.toString(task));
      configs.add(config);
    }
    return configs;
  }

  @Override
  public void stop() {
    // Nothing runs here; the tasks hold what is open.
  }
}
