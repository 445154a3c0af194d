package io.crescendo.csv;

import io.crescendo.schemas.TopicCreationException;
import io.crescendo.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the log from its topic, and creates that where it is missing. Keeps what it has read, so
 * that each further file costs only what was written since.
 *
 * <p>Reads up to the end of the log, not up to the first open transaction: an entry of ours may lie
 * behind a transaction that somebody else has open, and missing it would publish its rows twice. So
 * it waits until that transaction has ended, at most as long as a transaction may last.
 */
final class KafkaProgressLog implements ProgressLog {

  private static final TopicPartition LOG = new TopicPartition(TOPIC, ProgressLog.PARTITION);
  private static final Duration TIMEOUT = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Admin admin;
  private final boolean ownAdmin;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<String, Checkpoint> entries = new HashMap<>();

  KafkaProgressLog(Admin admin, boolean ownAdmin, Consumer<byte[], byte[]> consumer) {
    this.admin = admin;
    this.ownAdmin = ownAdmin;
    this.consumer = consumer;
  }

  /**
   * Connects, and creates the topic where it is missing.
   *
   * @param clients properties of Kafka clients
   * @throws KafkaException if the topic can neither be found nor created
   * @throws ConfigException if the topic is not compacted
   */
  static KafkaProgressLog open(Map<String, ?> clients) {
    Map<String, Object> adminProperties = new HashMap<>(clients);
    adminProperties.keySet().retainAll(AdminClientConfig.configNames());
    Admin admin = Admin.create(adminProperties);
    try {
      create(admin);
      return open(clients, admin, true);
    } catch (RuntimeException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * As the other, where the topic has been created.
   *
   * @param admin not closed here
   */
  static KafkaProgressLog open(Map<String, ?> clients, Admin admin) {
    return open(clients, admin, false);
  }

  private static KafkaProgressLog open(Map<String, ?> clients, Admin admin, boolean ownAdmin) {
    requireCompacted(admin);
    Map<String, Object> properties = new HashMap<>(clients);
    properties.keySet().retainAll(ConsumerConfig.configNames());
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(List.of(LOG));
    consumer.seekToBeginning(List.of(LOG));
    return new KafkaProgressLog(admin, ownAdmin, consumer);
  }

  @Override
  public Optional<Checkpoint> latest(String identity) {
    long end =
        get(admin
                .listOffsets(
                    Map.of(LOG, OffsetSpec.latest()),
                    new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .partitionResult(LOG)
                .toCompletionStage()
                .toCompletableFuture())
            .offset();
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (consumer.position(LOG) < end) {
      if (System.nanoTime() > deadline) {
        throw new KafkaException(
            "a transaction in %s is still open after %s s, so what was published is not known"
                .formatted(TOPIC, TIMEOUT.toSeconds()));
      }
      for (ConsumerRecord<byte[], byte[]> item : consumer.poll(POLL)) {
        take(item);
      }
    }
    return Optional.ofNullable(entries.get(identity));
  }

  @Override
  public void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
    if (ownAdmin) {
      admin.close(Duration.ZERO);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> item) {
    if (item.key() == null) {
      return;
    }
    String identity = new String(item.key(), StandardCharsets.UTF_8);
    if (item.value() == null) {
      entries.remove(identity);
      return;
    }
    try {
      entries.put(identity, Checkpoint.fromJson(item.value()));
    } catch (IllegalArgumentException e) {
      // What was polled with it has not been taken: whoever asks again must not miss it.
      consumer.seek(LOG, item.offset());
      throw new KafkaException(
          "%s, offset %s, is %s".formatted(LOG, item.offset(), e.getMessage()), e);
    }
  }

  private static void create(Admin admin) {
    try {
      Topics.createMissing(admin, List.of(Topics.CSV_PROGRESS), (short) -1, TIMEOUT);
    } catch (TopicCreationException e) {
      // Somebody else's to create: then reading it says whether it is missing.
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw new KafkaException(e.getMessage(), e.getCause());
      }
    }
  }

  /** What is deleted by age is forgotten, and then published a second time. */
  private static void requireCompacted(Admin admin) {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
    String policy;
    try {
      policy =
          get(admin
                  .describeConfigs(List.of(topic))
                  .values()
                  .get(topic)
                  .toCompletionStage()
                  .toCompletableFuture())
              .get(TopicConfig.CLEANUP_POLICY_CONFIG)
              .value();
    } catch (AuthorizationException e) {
      return; // not ours to know
    }
    if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new ConfigException(
          "the topic %s must have the cleanup.policy compact, got %s: what is published would be forgotten, and published again; nothing was published"
              .formatted(TOPIC, policy));
    }
  }

  private static <T> T get(java.util.concurrent.CompletableFuture<T> future) {
    try {
      return future.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException kafka
          ? kafka
          : new KafkaException("%s: %s".formatted(TOPIC, e.getCause().getMessage()), e);
    } catch (TimeoutException e) {
      throw new KafkaException("%s: no answer in %s s".formatted(TOPIC, TIMEOUT.toSeconds()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("%s: interrupted".formatted(TOPIC), e);
    }
  }
}
