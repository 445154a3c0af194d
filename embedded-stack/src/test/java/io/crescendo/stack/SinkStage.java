package io.crescendo.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.GroupState;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What a test of the sink as installed needs: a broker, an S3 endpoint, the plugin unpacked from
 * its zip, and workers in JVMs of their own.
 */
final class SinkStage implements AutoCloseable {

  static final String BUCKET = "landing";
  static final int PARTITIONS = 3;

  private static final String CONNECTOR = "sink";
  private static final String GROUP = "connect-" + CONNECTOR;
  private static final int TASKS = 2;
  private static final AwsBasicCredentials KEY = AwsBasicCredentials.create("sink", "stage");
  private static final Path WORKERS = Compose.PROJECT.resolve("connect-workers");

  private final Path dir;
  private final int kafkaPort = Ports.free();
  private final EmbeddedS3 s3;
  private final FaultyEndpoint front;
  private EmbeddedBroker broker;

  SinkStage(Path dir) throws IOException {
    this.dir = dir;
    s3 = EmbeddedS3.start(dir.resolve("s3"), Ports.free(), KEY);
    s3.createBuckets(List.of(BUCKET));
    front = new FaultyEndpoint(s3.endpoint().getPort());
    startBroker();
    unpack(zip(), dir.resolve("plugins"));
  }

  /** The plugin as Maven packed it. */
  static Path zip() throws IOException {
    try (Stream<Path> files = Files.list(Compose.PROJECT.resolve("connectors/target"))) {
      // An earlier version may have left its own.
      return files
          .filter(f -> f.getFileName().toString().endsWith(".zip"))
          .max(Comparator.comparing(f -> f.toFile().lastModified()))
          .orElseThrow();
    }
  }

  void startBroker() {
    broker =
        EmbeddedBroker.start(
            dir.resolve("kafka"), kafkaPort, Map.of("group.min.session.timeout.ms", "1000"));
  }

  void stopBroker() {
    broker.close();
  }

  /** Comes before the store, and can break. */
  FaultyEndpoint store() {
    return front;
  }

  String bootstrapServers() {
    return "127.0.0.1:" + kafkaPort;
  }

  void createTopic(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      admin
          // the load's timestamps are long past what a broker keeps by default
          .createTopics(
              List.of(
                  new NewTopic(topic, PARTITIONS, (short) 1).configs(Map.of("retention.ms", "-1"))))
          .all()
          .get(1, TimeUnit.MINUTES);
    }
  }

  /**
   * Starts a worker.
   *
   * @param version directory of {@code connect-workers}
   * @param group workers of one group share connectors
   */
  ConnectProcess worker(String version, String group, Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(properties);
    all.put("group.id", group);
    for (String topic : List.of("config", "offset", "status")) {
      all.put(topic + ".storage.topic", group + "-" + topic);
    }
    // whoever comes after a kill need not wait long for the dead
    for (String prefix : List.of("", "consumer.")) {
      all.put(prefix + "session.timeout.ms", "3000");
      all.put(prefix + "heartbeat.interval.ms", "500");
    }
    all.put("connector.client.config.override.policy", "All");
    return ConnectProcess.start(
        new WorkerSettings(
            WORKERS.resolve(version).resolve("target/lib"),
            dir.resolve("plugins"),
            bootstrapServers(),
            Ports.free(),
            dir.resolve("worker-" + group),
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            all));
  }

  /** What the workers of a group have logged. */
  String log(String group) throws IOException {
    return Files.readString(dir.resolve("worker-" + group).resolve("connect.log"));
  }

  /**
   * Deploys the sink for a topic, with rotation by the wall clock, and waits until it runs.
   *
   * @param more what is configured besides
   */
  void deploy(ConnectProcess worker, String topic, int rotateMillis, Map<String, String> more)
      throws IOException {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.crescendo.connect.s3.S3ParquetSinkConnector");
    config.put("tasks.max", Integer.toString(TASKS));
    config.put("topics", topic);
    config.put("topics.dir", "landed");
    config.put("avro.schemas", "classpath:avro/artist.avsc");
    config.put("consumer.override.auto.offset.reset", "earliest");
    config.put("store.url", front.url().toString());
    config.put("s3.bucket.name", BUCKET);
    config.put("s3.region", EmbeddedS3.REGION);
    config.put("aws.access.key.id", KEY.accessKeyId());
    config.put("aws.secret.access.key", KEY.secretAccessKey());
    config.put("s3.part.retries", "2");
    config.put("retry.backoff.ms", "200");
    config.put("partitioner.class", "TimeBasedPartitioner");
    config.put("path.format", "'dt'=yyyy-MM-dd");
    config.put("partition.duration.ms", "86400000");
    config.put("timezone", "UTC");
    config.put("locale", "en");
    config.put("timestamp.extractor", "Record");
    config.put("rotate.schedule.interval.ms", Integer.toString(rotateMillis));
    config.putAll(more);
    new ConnectRest(worker.url())
        .deploy(CONNECTOR, new ObjectMapper().writeValueAsString(config), Duration.ofMinutes(1));
  }

  /** Whether all tasks of the sink have joined, and have all partitions of a topic. */
  boolean allAssigned(String topic) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      ConsumerGroupDescription group =
          admin
              .describeConsumerGroups(List.of(GROUP))
              .describedGroups()
              .get(GROUP)
              .get(30, TimeUnit.SECONDS);
      long partitions =
          group.members().stream()
              .flatMap(m -> m.assignment().topicPartitions().stream())
              .filter(p -> p.topic().equals(topic))
              .count();
      // While one joins, the other still has what it is about to give up.
      return group.groupState() == GroupState.STABLE
          && group.members().size() == TASKS
          && partitions == PARTITIONS;
    } catch (Exception e) {
      return false; // the group does not exist yet
    }
  }

  /** Whether the sink has committed everything up to the end of the load. */
  boolean allLanded(ArtistLoad load) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      return admin
          .listConsumerGroupOffsets(GROUP)
          .partitionsToOffsetAndMetadata()
          .get(30, TimeUnit.SECONDS)
          .entrySet()
          .containsAll(load.ends().entrySet());
    } catch (Exception e) {
      return false; // the broker is away, or has just come back
    }
  }

  /** Number of objects of a topic. */
  long objects(String topic) {
    try (S3Client client = s3.client()) {
      return client
          .listObjectsV2Paginator(l -> l.bucket(BUCKET).prefix("landed/" + topic + "/"))
          .contents()
          .stream()
          .count();
    }
  }

  /** Pattern of the files of a topic, for DuckDB. */
  String files(String topic) {
    return dir.resolve("s3").resolve(BUCKET).resolve("landed").resolve(topic) + "/*/*.parquet";
  }

  URI endpoint() {
    return s3.endpoint();
  }

  @Override
  public void close() {
    Closing.quietly(front);
    Closing.quietly(broker);
    Closing.quietly(s3);
  }

  private static void unpack(Path zip, Path into) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        copy(in, e, into.resolve(e.getName()));
      }
    }
  }

  private static void copy(InputStream in, ZipEntry entry, Path to) throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(to);
    } else {
      Files.createDirectories(to.getParent());
      Files.copy(in, to);
    }
  }

  /** The state of the first task that has failed, with its reason. */
  static Optional<String> failure(ConnectProcess worker) {
    return new ConnectRest(worker.url())
        .status(CONNECTOR)
        .map(status -> status.findValuesAsText("trace"))
        .filter(traces -> !traces.isEmpty())
        .map(traces -> traces.get(0));
  }
}
