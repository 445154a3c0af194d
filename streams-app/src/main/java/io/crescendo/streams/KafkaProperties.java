package io.crescendo.streams;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/**
 * Turns {@link StreamsSettings} into the properties of Kafka Streams.
 *
 * <p>All three exception handlers fail on purpose. A bad record is no exception here: the source
 * reads bytes, which cannot fail, and {@link UpdateParser} sends what breaks a rule to {@code
 * artist-rejects} with field and rule, which Kafka's own dead letter queue could not tell. What is
 * left are defects and broken internal topics. To skip such a record would leave the totals wrong
 * for ever; to fail rolls the transaction back, and the thread starts again.
 */
final class KafkaProperties {

  private static final Map<String, String> DEFAULTS =
      Map.of(
          // There are no global stores; this spares every start a warning about them.
          "processing.exception.handler.global.enabled",
          "true",
          // A thread that died without leaving is missed soon, not after 45 s.
          StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
          "10000",
          StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
          "3000",
          // Nobody sees a record before its commit, which does not wait for a batch to fill. So
          // batches may be large, and there are many: every store has a changelog.
          StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
          "100",
          StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG),
          "131072",
          StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG),
          "lz4",
          StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
          "16777216",
          // An artist's newest observation is told by its time, so updates need not wait for what
          // may come through the repartition topic, nor look for it before each record.
          StreamsConfig.MAX_TASK_IDLE_MS_CONFIG,
          "-1",
          StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG,
          "60000");

  /** After it, brokers end the transaction of an instance that died, and others read on. */
  private static final Duration LEAST_TRANSACTION_TIMEOUT = Duration.ofSeconds(10);

  private static final String PLACEMENT =
      "an artist and a genre each have one partition, which Kafka's own partitioner gives them";

  private static final Map<String, String> OWNED =
      Map.ofEntries(
          Map.entry(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, use(Setting.BOOTSTRAP_SERVERS)),
          Map.entry(StreamsConfig.APPLICATION_ID_CONFIG, use(Setting.APPLICATION_ID)),
          Map.entry(StreamsConfig.STATE_DIR_CONFIG, use(Setting.STATE_DIR)),
          Map.entry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, use(Setting.THREADS)),
          Map.entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, use(Setting.COMMIT_INTERVAL)),
          Map.entry(StreamsConfig.GROUP_PROTOCOL_CONFIG, use(Setting.GROUP_PROTOCOL)),
          Map.entry(StreamsConfig.REPLICATION_FACTOR_CONFIG, use(Setting.REPLICATION_FACTOR)),
          Map.entry(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, use(Setting.STANDBY_REPLICAS)),
          Map.entry(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, use(Setting.INSTANCE_ID)),
          Map.entry(StreamsConfig.APPLICATION_SERVER_CONFIG, use(Setting.HTTP_ADVERTISED)),
          Map.entry(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, use(Setting.ROCKSDB_BYTES)),
          Map.entry(
              StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
              "totals are exact under exactly_once_v2 only"),
          Map.entry(
              ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
              "the topics between the app's parts must be read from their start"),
          Map.entry(ProducerConfig.PARTITIONER_CLASS_CONFIG, PLACEMENT),
          Map.entry(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, PLACEMENT),
          Map.entry(
              StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
              "to skip a record would leave totals wrong"),
          Map.entry(
              StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
              "to skip a record would leave totals wrong"),
          Map.entry(
              StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
              "to skip a record would leave totals wrong"),
          Map.entry(
              StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG,
              "it is part of the names of internal topics"),
          Map.entry(
              StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
              "the topology holds to it"));

  private KafkaProperties() {}

  /** Why a Kafka property cannot be given; null where it can. */
  static String adviceAgainst(String property) {
    return OWNED.get(KafkaValues.CLIENT_PREFIX.matcher(property).replaceFirst(""));
  }

  /**
   * What Kafka Streams has against the values together.
   *
   * @param wrong properties whose values are wrong by themselves, and left out
   */
  static void checkTogether(StreamsSettings settings, Set<String> wrong, List<String> problems) {
    Map<String, String> right = new HashMap<>(settings.kafka());
    right.keySet().removeAll(wrong);
    try {
      // a subclass, because only that may keep it from logging every property
      new StreamsConfig(of(settings, right), false) {};
    } catch (ConfigException | IllegalArgumentException e) {
      problems.add("%s*: %s".formatted(Setting.KAFKA_PREFIX, e.getMessage()));
    }
  }

  static Properties of(StreamsSettings settings) {
    return of(settings, settings.kafka());
  }

  private static Properties of(StreamsSettings settings, Map<String, String> given) {
    Properties kafka = new Properties();
    // With the prefix in any case: Kafka Streams compares no other with the commit interval.
    kafka.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        given.getOrDefault(
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            Long.toString(transactionTimeout(settings.commitInterval()).toMillis())));
    DEFAULTS.forEach(
        (property, value) -> {
          if (!given.containsKey(withoutPrefix(property))) {
            kafka.put(property, value);
          }
        });
    if (settings.groupProtocol() == GroupProtocol.STREAMS) {
      // The broker's business under this protocol; Kafka refuses them from the client.
      kafka.remove(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG));
      kafka.remove(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG));
    }
    kafka.putAll(given);
    kafka.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    kafka.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    kafka.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
    kafka.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    kafka.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
    kafka.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, settings.groupProtocol().property());
    kafka.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) settings.replicationFactor());
    kafka.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
    settings
        .instanceId()
        .ifPresent(
            id ->
                kafka.put(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
    kafka.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    kafka.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.OPTIMIZE);
    kafka.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    kafka.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndFailExceptionHandler.class);
    kafka.put(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndFailProcessingExceptionHandler.class);
    kafka.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        DefaultProductionExceptionHandler.class);
    kafka.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.Setter.class);
    return kafka;
  }

  /** A transaction stays open for a commit interval, and must not be timed out for that. */
  private static Duration transactionTimeout(Duration commitInterval) {
    Duration twice = commitInterval.multipliedBy(2);
    return twice.compareTo(LEAST_TRANSACTION_TIMEOUT) > 0 ? twice : LEAST_TRANSACTION_TIMEOUT;
  }

  /** A property said of all clients wins over our default for one of them. */
  private static String withoutPrefix(String property) {
    return property
        .replaceFirst("^" + StreamsConfig.CONSUMER_PREFIX, "")
        .replaceFirst("^" + StreamsConfig.PRODUCER_PREFIX, "");
  }

  private static String use(Setting setting) {
    return "use '%s'".formatted(setting.key());
  }
}
