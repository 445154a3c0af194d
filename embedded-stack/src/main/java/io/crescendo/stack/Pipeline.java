package io.crescendo.stack;

import io.crescendo.csv.CsvPublisher;
import io.crescendo.csv.Progress;
import io.crescendo.csv.PublishOptions;
import io.crescendo.csv.PublishReport;
import io.crescendo.csv.Source;
import io.crescendo.csv.StagedUpload;
import io.crescendo.registry.RegistrySettings;
import io.crescendo.registry.SchemaRegistry;
import io.crescendo.schemas.AvroFormat;
import io.crescendo.schemas.Topics;
import io.crescendo.streams.StreamsApp;
import io.crescendo.streams.StreamsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The whole pipeline in this JVM: the {@link EmbeddedStack} and, on it, the streams app, the S3
 * sink connector, the refresh job and the page. Each part is the one that a cluster runs, reached
 * through Kafka, S3 and the Connect REST API.
 */
public final class Pipeline implements AutoCloseable {

  /** The connector, and its file in {@code connectors/config}. */
  public static final String CONNECTOR = "crescendo-s3-sink";

  /** End of the name of its file for a schema registry. */
  private static final String REGISTRY = "-registry";

  private static final String STREAMS_GROUP = "crescendo-streams";
  private static final Duration CONNECTOR_START = Duration.ofSeconds(60);

  /** Longer: after a kill, the state of millions of artists is restored from its changelog. */
  private static final Duration STREAMS_START = Duration.ofMinutes(10);

  /** How long the streams app may take for its last commit; without it, it repeats a little. */
  static final Duration STREAMS_STOP = Duration.ofSeconds(2);

  private final Parts parts;
  private final EmbeddedStack stack;
  private final StreamsApp streams;
  private final ConnectRest connect;
  private final S3Client s3;
  private final Warehouse warehouse;
  private final Endpoints endpoints;
  private final Duration commitInterval;
  private final AvroFormat rejectFormat;

  private Pipeline(PipelineSettings settings, Parts parts) {
    this.parts = parts;
    commitInterval = settings.commitInterval();
    rejectFormat = rejectFormat(settings);
    try {
      DataDirectory directory = parts.keep(DataDirectory.take(settings.dir()));
      stack =
          EmbeddedStack.start(
              settings.dir(),
              settings.ports(),
              settings.landingInterval(),
              settings.schemaRegistry(),
              parts.keep(new Parts()));
      connect = new ConnectRest(stack.connectUrl());
      s3 = parts.keep(stack.s3Client());
      String file = settings.schemaRegistry().isPresent() ? CONNECTOR + REGISTRY : CONNECTOR;
      // the three below need only the stack, not each other
      CompletableFuture<Void> connector =
          CompletableFuture.runAsync(
              () -> connect.deploy(CONNECTOR, connectorConfig(file), CONNECTOR_START));
      StreamsApp app = StreamsApp.start(streamsSettings(settings));
      streams = app;
      parts.keep(() -> app.close(STREAMS_STOP));
      warehouse = parts.keep(Warehouse.open(stack, settings.ports().page()));
      streams.awaitRunning(STREAMS_START);
      connector.join();
      endpoints = Endpoints.on(settings.ports()).withSchemaRegistry(settings.schemaRegistry());
      directory.announce(endpoints);
    } catch (CompletionException e) {
      close();
      throw e.getCause() instanceof StackException s ? s : e;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts everything and returns when it works.
   *
   * @throws StackException if a part does not start; those started before it are stopped again
   */
  public static Pipeline start(PipelineSettings settings) {
    return start(settings, new Parts());
  }

  /**
   * As {@link #start(PipelineSettings)}.
   *
   * @param parts keeps what is started, so that it can be closed before this returns
   */
  public static Pipeline start(PipelineSettings settings, Parts parts) {
    return new Pipeline(settings, parts);
  }

  /**
   * Why this does not work any more: a part that has failed, and will not go on by itself, or that
   * it was closed. Empty while it works.
   *
   * @throws StackException if the Connect worker does not answer
   */
  public Optional<String> failure() {
    if (parts.isClosed()) {
      return Optional.of("The pipeline was closed");
    }
    return streams
        .failure()
        .map(e -> "The streams app has failed: " + e)
        .or(() -> connect.failure(CONNECTOR));
  }

  /** Services that it runs on. */
  public EmbeddedStack stack() {
    return stack;
  }

  /** Where it listens. */
  public Endpoints endpoints() {
    return endpoints;
  }

  /** Refresh job and page. */
  public Warehouse warehouse() {
    return warehouse;
  }

  /** Where the streams app answers questions. */
  public URI questions() {
    return streams.questions().orElseThrow();
  }

  /** A new view of how far records have come; the caller closes it. */
  public Positions positions() {
    return new Positions(stack, STREAMS_GROUP, CONNECTOR, commitInterval);
  }

  /**
   * Puts a file into the staging bucket and publishes it from there. A file that was published
   * before is not published again, and one that was interrupted is gone on with, unless the options
   * say so.
   *
   * @param observedAt when its figures were true
   * @param options how to publish
   * @param progress hears how far it has come
   * @throws IOException if the file cannot be read
   */
  public PublishReport publish(
      Path file, Instant observedAt, PublishOptions options, Progress progress) throws IOException {
    Source staged =
        new StagedUpload(s3, EmbeddedStack.STAGING)
            .upload(file, file.getFileName().toString(), observedAt);
    // Kept, so that a stop ends it first: it would use up the time that the others have to close.
    try (CsvPublisher publisher =
        parts.keep(
            new CsvPublisher(
                Map.of("bootstrap.servers", stack.bootstrapServers()), progress, rejectFormat))) {
      return publisher.publish(staged, options);
    }
  }

  /** Stops everything: first what writes, then what it writes to. */
  @Override
  public void close() {
    parts.close();
  }

  /** The configuration of the connector as shipped, a JSON object. */
  static String connectorConfig() {
    return connectorConfig(CONNECTOR);
  }

  private static String connectorConfig(String name) {
    String file = "/connector-config/%s.json".formatted(name);
    try (InputStream in = Pipeline.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StackException("%s cannot be read from the class path: %s".formatted(file, e), e);
    }
  }

  private static AvroFormat rejectFormat(PipelineSettings settings) {
    return settings
        .schemaRegistry()
        .map(
            urls ->
                AvroFormat.writing(
                    new SchemaRegistry(RegistrySettings.of(urls, "")),
                    true,
                    List.of(Topics.ARTIST_REJECTS)))
        .orElseGet(AvroFormat::singleObject);
  }

  private StreamsSettings streamsSettings(PipelineSettings settings) {
    Map<String, String> streams = new HashMap<>();
    streams.put("bootstrap.servers", stack.bootstrapServers());
    streams.put("application.id", STREAMS_GROUP);
    streams.put("state.dir", settings.dir().resolve("streams").toString());
    streams.put("commit.interval", settings.commitInterval().toString());
    streams.put("threads", "2");
    // after a kill, whoever starts again need not wait long for the dead member
    streams.put("kafka.session.timeout.ms", "6000");
    streams.put("http.port", "0");
    settings.schemaRegistry().ifPresent(urls -> streams.put("schema.registry.url", urls));
    return StreamsSettings.of(streams);
  }
}
