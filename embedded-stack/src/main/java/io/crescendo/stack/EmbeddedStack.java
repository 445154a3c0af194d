package io.crescendo.stack;

import io.crescendo.schemas.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.utils.Exit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What the pipeline runs on, in this JVM and on loopback: a Kafka broker with the topics, an S3
 * endpoint with the buckets, a Connect worker. Data stays in the directory from one start to the
 * next.
 *
 * <p>Closing stops the services in the order in which they depend on each other.
 */
public final class EmbeddedStack implements AutoCloseable {

  /** Bucket for uploaded CSV files. */
  public static final String STAGING = "staging";

  /** Bucket for the Parquet tables. */
  public static final String WAREHOUSE = "warehouse";

  /** Bucket for query results, run records and the page's data. */
  public static final String RESULTS = "results";

  private static final Duration TOPICS_TIMEOUT = Duration.ofSeconds(30);

  private final Path dir;
  private final Parts parts;
  private final AwsBasicCredentials key;
  private final EmbeddedBroker broker;
  private final EmbeddedS3 s3;
  private EmbeddedConnect connect;

  private EmbeddedStack(
      Path dir,
      Ports ports,
      Duration landingInterval,
      Optional<String> schemaRegistry,
      Parts parts) {
    this.dir = dir;
    this.parts = parts;
    this.key = StoreKey.make(dir);
    // Kafka's parts would each add a shutdown hook, and those would stop broker and worker at once;
    // whoever starts a stack closes it, in order.
    Exit.setShutdownHookAdder((name, runnable) -> {});
    try {
      CompletableFuture<EmbeddedS3> s3Start =
          CompletableFuture.supplyAsync(
              () -> {
                EmbeddedS3 endpoint =
                    parts.keep(EmbeddedS3.start(dir.resolve("s3"), ports.s3(), key));
                endpoint.createBuckets(List.of(STAGING, WAREHOUSE, RESULTS));
                return endpoint;
              });
      broker =
          keepingOthers(s3Start, () -> EmbeddedBroker.start(dir.resolve("kafka"), ports.kafka()));
      s3 = s3Start.join();
      createTopics();
      connect =
          parts.keep(
              EmbeddedConnect.start(
                  broker.bootstrapServers(),
                  ports.connect(),
                  variables(landingInterval, schemaRegistry)));
    } catch (CompletionException e) {
      close();
      throw e.getCause() instanceof StackException s ? s : e;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts the services and returns when they serve.
   *
   * @param dir directory for everything they keep; created where missing
   * @param ports ports to listen on, all free
   * @param landingInterval how long the S3 sink gathers records before it lands them
   * @throws StackException if one does not start; those started before it are stopped again
   */
  public static EmbeddedStack start(Path dir, Ports ports, Duration landingInterval) {
    return start(dir, ports, landingInterval, Optional.empty());
  }

  /**
   * As {@link #start(Path, Ports, Duration)}.
   *
   * @param schemaRegistry addresses of a schema registry for connectors that use one
   */
  public static EmbeddedStack start(
      Path dir, Ports ports, Duration landingInterval, Optional<String> schemaRegistry) {
    return start(dir, ports, landingInterval, schemaRegistry, new Parts());
  }

  /**
   * As {@link #start(Path, Ports, Duration, Optional)}.
   *
   * @param parts keeps what is started, so that it can be closed before this returns
   */
  static EmbeddedStack start(
      Path dir,
      Ports ports,
      Duration landingInterval,
      Optional<String> schemaRegistry,
      Parts parts) {
    List<String> taken = ports.taken();
    if (!taken.isEmpty()) {
      throw new StackException(
          "Taken by another program: %s; nothing was started".formatted(String.join(", ", taken)));
    }
    return new EmbeddedStack(dir, ports, landingInterval, schemaRegistry, parts);
  }

  /** Address of the broker for clients. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Address of the S3 endpoint. */
  public URI s3Endpoint() {
    return s3.endpoint();
  }

  /** A new client of the S3 endpoint; the caller closes it. */
  public S3Client s3Client() {
    return s3.client();
  }

  /** Address of the Connect REST API. */
  public URI connectUrl() {
    return connect.url();
  }

  /** Directory given at start. */
  public Path dir() {
    return dir;
  }

  /** A new admin client; the caller closes it. */
  public Admin admin() {
    return Admin.create(
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
  }

  @Override
  public void close() {
    parts.close();
  }

  private void createTopics() {
    try (Admin admin = admin()) {
      Topics.createMissing(admin, (short) 1, TOPICS_TIMEOUT);
    }
  }

  /**
   * Starts one service while another starts; should it fail, the other's outcome is awaited first.
   */
  private <T extends AutoCloseable> T keepingOthers(CompletableFuture<?> other, Supplier<T> start) {
    try {
      return parts.keep(start.get());
    } catch (RuntimeException e) {
      other.handle((value, failure) -> null).join();
      throw e;
    }
  }

  private Map<String, String> variables(Duration landingInterval, Optional<String> schemaRegistry) {
    Map<String, String> variables = new HashMap<>();
    variables.put("CRESCENDO_S3_ENDPOINT", s3.endpoint().toString());
    variables.put("CRESCENDO_S3_REGION", EmbeddedS3.REGION);
    variables.put("CRESCENDO_WAREHOUSE_BUCKET", WAREHOUSE);
    variables.put("CRESCENDO_LANDING_INTERVAL_MS", Long.toString(landingInterval.toMillis()));
    variables.put("AWS_ACCESS_KEY_ID", key.accessKeyId());
    variables.put("AWS_SECRET_ACCESS_KEY", key.secretAccessKey());
    schemaRegistry.ifPresent(urls -> variables.put("CRESCENDO_SCHEMA_REGISTRY_URL", urls));
    return variables;
  }
}
