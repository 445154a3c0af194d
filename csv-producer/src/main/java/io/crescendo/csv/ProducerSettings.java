package io.crescendo.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Properties of the producer: those that exactly-once needs, defaults for bulk, and above the
 * defaults what the user says.
 *
 * <p>Keys of other Kafka clients are passed over, because one file often serves several programs.
 */
final class ProducerSettings {

  /** Exactly-once and the format of the topics hang on these; nobody else may set them. */
  private static final Map<String, Object> FIXED =
      Map.of(
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          "true",
          ProducerConfig.ACKS_CONFIG,
          "all",
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ByteArraySerializer.class.getName(),
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          ByteArraySerializer.class.getName());

  private static final Map<String, Object> DEFAULTS =
      Map.of(
          ProducerConfig.COMPRESSION_TYPE_CONFIG,
          "lz4",
          ProducerConfig.BATCH_SIZE_CONFIG,
          256 * 1024,
          ProducerConfig.LINGER_MS_CONFIG,
          50,
          // Enough for full batches on their way to every partition, and fit for a small heap.
          ProducerConfig.BUFFER_MEMORY_CONFIG,
          16L * 1024 * 1024,
          // A broker that is not there is a mistake to hear of soon, not after the usual minute.
          ProducerConfig.MAX_BLOCK_MS_CONFIG,
          30_000,
          // How long a killed publisher holds up readers of committed records.
          ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
          30_000);

  private final Map<String, Object> properties;

  /**
   * Checks what the user says.
   *
   * @throws ConfigException naming every problem
   */
  ProducerSettings(Map<String, ?> user) {
    List<String> problems = new ArrayList<>();
    Set<String> known = new TreeSet<>(ProducerConfig.configNames());
    known.addAll(ConsumerConfig.configNames());
    known.addAll(AdminClientConfig.configNames());
    if (!user.containsKey(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)) {
      problems.add("'%s' is missing".formatted(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG));
    }
    new TreeSet<>(user.keySet())
        .forEach(
            key -> {
              Object fixed = FIXED.get(key);
              if (key.equals(ProducerConfig.TRANSACTIONAL_ID_CONFIG)) {
                problems.add("'%s' follows from the source and cannot be set".formatted(key));
              } else if (fixed != null && !fixed.equals(String.valueOf(user.get(key)))) {
                problems.add(
                    "'%s' is always '%s' here, got '%s'".formatted(key, fixed, user.get(key)));
              } else if (!known.contains(key)) {
                problems.add(
                    "'%s' is no Kafka client property%s"
                        .formatted(key, NearestName.question(key, known)));
              }
            });
    if (!problems.isEmpty()) {
      throw new ConfigException("Kafka properties: " + String.join("; ", problems));
    }
    properties = new HashMap<>(DEFAULTS);
    user.forEach(
        (key, value) -> {
          if (ProducerConfig.configNames().contains(key)) {
            properties.put(key, value);
          }
        });
    properties.putAll(FIXED);
  }

  /** All properties of a producer with this transactional id. */
  Map<String, Object> with(String transactionalId) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    return all;
  }

  /** Names keys only: values may hold passwords. */
  @Override
  public String toString() {
    return "ProducerSettings" + new TreeSet<>(properties.keySet());
  }
}
