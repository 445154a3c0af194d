package io.crescendo.schemas;

import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A topic of the pipeline.
 *
 * @param name topic name
 * @param description what its records are, in one line
 * @param key what the record key holds, in words
 * @param valueSchema Avro schema of the value; null where the value is JSON
 * @param partitions partitions it is created with
 * @param config topic configuration it is created with
 */
public record TopicDefinition(
    String name,
    String description,
    String key,
    org.apache.avro.Schema valueSchema,
    int partitions,
    Map<String, String> config) {

  /** Makes the map unmodifiable. */
  public TopicDefinition {
    config = Map.copyOf(config);
  }

  /** The same topic, created with another number of partitions. */
  public TopicDefinition withPartitions(int number) {
    return new TopicDefinition(name, description, key, valueSchema, number, config);
  }

  NewTopic newTopic(short replicationFactor) {
    return new NewTopic(name, partitions, replicationFactor).configs(config);
  }
}
