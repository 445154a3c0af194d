package io.crescendo.streams;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Settings of the streams app. {@link #of} reads and checks them; {@link Setting} lists keys,
 * defaults and ranges.
 *
 * @param bootstrapServers brokers to start from
 * @param applicationId name of the consumer group, the internal topics and the state
 * @param stateDir directory of the state stores
 * @param partitions partitions of {@code artist-updates}, which the state is split by
 * @param threads stream threads of this instance
 * @param commitInterval the micro-batch
 * @param rocksDbBytes RocksDB blocks and write buffers of all stores together
 * @param groupProtocol how instances share the partitions
 * @param replicationFactor replicas of topics that the app creates; -1 is the broker's default
 * @param genreFamilies file of genre families over the shipped ones
 * @param deletedHorizon how long a deleted artist is remembered
 * @param observedAhead how far ahead of the clock an observation may lie
 * @param startTimeout how long to wait for brokers and topics at start
 * @param standbyReplicas copies of the state on other instances
 * @param instanceId name of this instance as a static member of the group
 * @param http where questions are answered
 * @param avro how Avro is written
 * @param kafka further properties of Kafka Streams and its clients
 */
public record StreamsSettings(
    String bootstrapServers,
    String applicationId,
    Path stateDir,
    int partitions,
    int threads,
    Duration commitInterval,
    long rocksDbBytes,
    GroupProtocol groupProtocol,
    short replicationFactor,
    Optional<Path> genreFamilies,
    Duration deletedHorizon,
    Duration observedAhead,
    Duration startTimeout,
    int standbyReplicas,
    Optional<String> instanceId,
    HttpSettings http,
    AvroSettings avro,
    Map<String, String> kafka) {

  private static final long TERABYTE = 1L << 40;

  /**
   * Brokers let a transaction take a quarter of an hour by default, and {@link KafkaProperties}
   * asks for two intervals.
   */
  private static final Duration MAX_COMMIT_INTERVAL = Duration.ofMinutes(5);

  /** Makes the map unmodifiable. */
  public StreamsSettings {
    kafka = Map.copyOf(kafka);
  }

  /**
   * Settings from texts, defaults for the absent ones.
   *
   * @param given values by key, such as {@code commit.interval} or {@code kafka.security.protocol}
   * @throws InvalidSettingsException naming everything that is wrong: unknown keys with the nearest
   *     known one, and values that break rules
   */
  public static StreamsSettings of(Map<String, String> given) {
    SettingsReader in = new SettingsReader(given);
    in.checkKeys();
    StreamsSettings settings =
        new StreamsSettings(
            in.addresses(Setting.BOOTSTRAP_SERVERS),
            applicationId(in),
            in.path(Setting.STATE_DIR).orElse(DefaultStateDirectory.PATH),
            (int) in.number(Setting.PARTITIONS, 1, 10_000),
            (int) in.number(Setting.THREADS, 1, 256),
            in.duration(Setting.COMMIT_INTERVAL, Duration.ofMillis(10), MAX_COMMIT_INTERVAL),
            in.number(Setting.ROCKSDB_BYTES, RocksDbMemory.LEAST_BYTES, TERABYTE),
            in.groupProtocol(Setting.GROUP_PROTOCOL),
            replicationFactor(in),
            in.path(Setting.GENRE_FAMILIES),
            in.duration(Setting.DELETED_HORIZON, Duration.ofMinutes(1), Duration.ofDays(36_500)),
            in.duration(Setting.OBSERVED_AHEAD, Duration.ZERO, Duration.ofDays(36_500)),
            in.duration(Setting.START_TIMEOUT, Duration.ofSeconds(1), Duration.ofHours(1)),
            (int) in.number(Setting.STANDBY_REPLICAS, 0, 9),
            in.optionalText(Setting.INSTANCE_ID),
            HttpSettings.read(in),
            AvroSettings.read(in),
            in.kafka());
    Map<String, String> wrong = KafkaValues.problems(settings.kafka());
    int ours = in.problems().size();
    settings.checkGroupProtocol(in.problems());
    if (in.problems().size() == ours) {
      // What Kafka says of the group protocol would only repeat it.
      KafkaProperties.checkTogether(settings, wrong.keySet(), in.problems());
    }
    wrong.forEach(
        (property, text) -> in.problems().add(Setting.KAFKA_PREFIX + property + ": " + text));
    if (!in.problems().isEmpty()) {
      settings.checkFamilies(in.problems());
      throw new InvalidSettingsException(in.problems());
    }
    return settings;
  }

  /** So that one message has the problems of the file as well, which is else read at the start. */
  private void checkFamilies(List<String> problems) {
    try {
      families();
    } catch (InvalidSettingsException e) {
      problems.addAll(e.problems());
    }
  }

  /** The streams protocol leaves standbys to the broker, and knows no static members. */
  private void checkGroupProtocol(List<String> problems) {
    if (groupProtocol == GroupProtocol.CLASSIC) {
      return;
    }
    if (standbyReplicas > 0) {
      problems.add(
          "%s must be 0 with %s streams, got %s; set streams.num.standby.replicas of the group with kafka-configs"
              .formatted(
                  Setting.STANDBY_REPLICAS.key(), Setting.GROUP_PROTOCOL.key(), standbyReplicas));
    }
    instanceId.ifPresent(
        id ->
            problems.add(
                "%s must be empty with %s streams, which has no static members, got '%s'"
                    .formatted(Setting.INSTANCE_ID.key(), Setting.GROUP_PROTOCOL.key(), id)));
  }

  /** Kafka's application id becomes part of topic names. */
  private static String applicationId(SettingsReader in) {
    String id = in.text(Setting.APPLICATION_ID);
    if (!id.matches("[a-zA-Z0-9._-]{1,100}")) {
      in.problems()
          .add(
              "%s must be 1 to 100 letters, digits, '.', '_' or '-', got '%s'"
                  .formatted(Setting.APPLICATION_ID.key(), id));
    }
    return id;
  }

  private static short replicationFactor(SettingsReader in) {
    long replicas = in.number(Setting.REPLICATION_FACTOR, -1, 100);
    if (replicas == 0) {
      in.problems()
          .add("%s must be -1, or 1 and more, got 0".formatted(Setting.REPLICATION_FACTOR.key()));
    }
    return (short) replicas;
  }

  /** The families that these settings ask for; reads the file. */
  GenreFamilies families() {
    return genreFamilies.map(GenreFamilies::shippedWith).orElseGet(GenreFamilies::shipped);
  }

  /** Properties for {@code KafkaStreams}. */
  Properties kafkaProperties() {
    return KafkaProperties.of(this);
  }

  /** Names Kafka's properties without their values, which may be secrets. */
  @Override
  public String toString() {
    return "StreamsSettings%s"
        .formatted(
            List.of(
                "bootstrapServers=" + bootstrapServers,
                "applicationId=" + applicationId,
                "stateDir=" + stateDir,
                "partitions=" + partitions,
                "threads=" + threads,
                "commitInterval=" + commitInterval,
                "rocksDbBytes=" + rocksDbBytes,
                "groupProtocol=" + groupProtocol.property(),
                "replicationFactor=" + replicationFactor,
                "genreFamilies=" + genreFamilies.map(Path::toString).orElse("shipped"),
                "deletedHorizon=" + deletedHorizon,
                "observedAhead=" + observedAhead,
                "startTimeout=" + startTimeout,
                "standbyReplicas=" + standbyReplicas,
                "instanceId=" + instanceId.orElse("none"),
                "http=" + http,
                "avro=" + avro,
                "kafka=" + kafka.keySet().stream().sorted().toList()));
  }
}
