package io.crescendo.benchmarks.sink;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.crescendo.benchmarks.Measured;
import io.crescendo.stack.ConnectProcess;
import io.crescendo.stack.EmbeddedBroker;
import io.crescendo.stack.EmbeddedS3;
import io.crescendo.stack.Ports;
import io.crescendo.stack.WorkerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.s3.S3Client;

/** One broker and one S3 endpoint in this JVM; each run gets a worker in a JVM of its own. */
final class SinkStage implements AutoCloseable {

  private static final String BUCKET = "benchmark";
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final long POLL_MILLIS = 20;

  /** Between two questions to a worker that is being measured: its REST API takes its time, too. */
  private static final long STATUS_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final AwsBasicCredentials KEY = AwsBasicCredentials.create("sink", "stage");

  private final Path dir;
  private final Plugins plugins;
  private final EmbeddedBroker broker;
  private final EmbeddedS3 s3;
  private final Admin admin;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private int runs;

  SinkStage(Path dir, Plugins plugins) {
    this.dir = dir;
    this.plugins = plugins;
    broker = EmbeddedBroker.start(dir.resolve("kafka"), Ports.free());
    s3 = EmbeddedS3.start(dir.resolve("s3"), Ports.free(), KEY);
    s3.createBuckets(List.of(BUCKET));
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  Sinks sinks(long rotationMillis) {
    return new Sinks(s3.endpoint(), BUCKET, KEY, EmbeddedS3.REGION, rotationMillis, dir);
  }

  /** Fills a topic of one partition. */
  void fill(String topic, int count, double late) throws Exception {
    createTopic(topic);
    Artists artists = new Artists(count, late);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 20),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        producer.send(new ProducerRecord<>(topic, 0, artists.timestamp(), null, artists.next()));
      }
    }
  }

  /** A topic of one partition. */
  void createTopic(String topic) throws Exception {
    // timestamps are long past what a broker keeps by default
    NewTopic wanted = new NewTopic(topic, 1, (short) 1).configs(Map.of("retention.ms", "-1"));
    admin.createTopics(List.of(wanted)).all().get(1, TimeUnit.MINUTES);
  }

  /**
   * Lets a fresh worker take a topic from its start to its end, and measures it from when its task
   * may fetch until it has committed the last record.
   *
   * @param jvmOptions of the worker
   */
  Measured run(String topic, int count, Map<String, String> config, List<String> jvmOptions)
      throws Exception {
    String name = "run-" + ++runs;
    try (ConnectProcess worker = ConnectProcess.start(settings(name, jvmOptions))) {
      create(worker, name, topic, config);
      awaitConsumer(name);
      Duration before = worker.cpu();
      long start = System.nanoTime();
      awaitCommitted(worker, name, new TopicPartition(topic, 0), count);
      long nanos = System.nanoTime() - start;
      return new Measured(count, nanos / 1e9, worker.cpu().minus(before).toNanos() / 1e9);
    }
  }

  /** Number of objects below a directory of the bucket. */
  long objects(String directory) {
    try (S3Client client = s3.client()) {
      return client
          .listObjectsV2Paginator(l -> l.bucket(BUCKET).prefix(directory + "/"))
          .contents()
          .stream()
          .count();
    }
  }

  @Override
  public void close() {
    admin.close();
    s3.close();
    broker.close();
  }

  private WorkerSettings settings(String name, List<String> jvmOptions) {
    Map<String, String> properties = new HashMap<>();
    properties.put("group.id", name);
    for (String topic : List.of("config", "offset", "status")) {
      properties.put(topic + ".storage.topic", name + "-" + topic);
    }
    properties.put("plugin.discovery", "service_load");
    // a sink that does not ask to be woken is called this often once the topic is read; with the
    // default of a minute, the Iceberg sink would wait for that before its last commit
    properties.put("offset.flush.interval.ms", "1000");
    properties.put("connector.client.config.override.policy", "All");
    return new WorkerSettings(
        plugins.lib(),
        plugins.path(),
        broker.bootstrapServers(),
        Ports.free(),
        dir.resolve(name),
        jvmOptions,
        properties);
  }

  /** Creates a connector. */
  private void create(ConnectProcess worker, String name, String topic, Map<String, String> config)
      throws Exception {
    if (config.containsKey("iceberg.control.topic")) {
      createTopic(config.get("iceberg.control.topic"));
    }
    Map<String, String> all = new HashMap<>(config);
    all.put("topics", topic);
    String body = json.writeValueAsString(Map.of("name", name, "config", all));
    long deadline = System.nanoTime() + LIMIT.toNanos();
    HttpResponse<String> answer = send(worker, "", "POST", body);
    while (answer.statusCode() != 201) {
      if (answer.statusCode() != 409 || System.nanoTime() > deadline) {
        throw new IllegalStateException("Connect refused the connector: " + answer.body());
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      answer = send(worker, "", "POST", body);
    }
  }

  /** Waits until the task's consumer has its partition, and begins to fetch. */
  private void awaitConsumer(String name) throws Exception {
    String group = "connect-" + name;
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!assigned(group)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(group + " got no partition");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private boolean assigned(String group) throws InterruptedException {
    try {
      return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
          .anyMatch(m -> !m.assignment().topicPartitions().isEmpty());
    } catch (ExecutionException e) {
      return false; // there is no such group yet
    }
  }

  private void awaitCommitted(
      ConnectProcess worker, String name, TopicPartition partition, long count) throws Exception {
    long start = System.nanoTime();
    long nextLook = start + STATUS_NANOS;
    while (committed(name, partition) < count) {
      if (System.nanoTime() > nextLook) {
        String status = status(worker, name);
        if (status.contains("FAILED") || System.nanoTime() > start + LIMIT.toNanos()) {
          throw new IllegalStateException(
              "%s ended at offset %s: %s".formatted(name, committed(name, partition), status));
        }
        nextLook += STATUS_NANOS;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private long committed(String name, TopicPartition partition) throws Exception {
    OffsetAndMetadata offset =
        admin
            .listConsumerGroupOffsets("connect-" + name)
            .partitionsToOffsetAndMetadata()
            .get(1, TimeUnit.MINUTES)
            .get(partition);
    return offset == null ? 0 : offset.offset();
  }

  private String status(ConnectProcess worker, String name)
      throws IOException, InterruptedException {
    return send(worker, name + "/status", "GET", "").body();
  }

  private HttpResponse<String> send(ConnectProcess worker, String path, String method, String body)
      throws IOException, InterruptedException {
    URI uri = worker.url().resolve("/connectors" + (path.isEmpty() ? "" : "/" + path));
    return http.send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
