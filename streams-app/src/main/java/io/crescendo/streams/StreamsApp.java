package io.crescendo.streams;

import io.crescendo.registry.RegistryException;
import io.crescendo.schemas.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running instance of the streams app.
 *
 * <pre>
 * try (StreamsApp app = StreamsApp.start(StreamsSettings.of(Map.of(
 *     "bootstrap.servers", "127.0.0.1:9092", "state.dir", "/var/lib/crescendo/streams")))) {
 *   app.awaitRunning(Duration.ofSeconds(30));
 *   …
 * }
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class StreamsApp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsApp.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

  private final KafkaStreams streams;
  private final Resources resources;
  private final GroupMembershipOperation atEnd;
  private final ThreadRestarts restarts;
  private final CountDownLatch runningOrEnded = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean closed = new AtomicBoolean();

  private StreamsApp(
      StreamsSettings settings, Topology topology, Properties properties, Resources resources) {
    this.resources = resources;
    // A static member comes back, and its partitions wait for it.
    this.atEnd =
        settings.instanceId().isPresent()
            ? GroupMembershipOperation.REMAIN_IN_GROUP
            : GroupMembershipOperation.LEAVE_GROUP;
    this.restarts = new ThreadRestarts(settings.threads(), System::nanoTime);
    this.streams = new KafkaStreams(topology, properties);
    streams.setUncaughtExceptionHandler(restarts);
    streams.setStateListener(this::changed);
    streams.setGlobalStateRestoreListener(new RestoreProgress(System::nanoTime));
  }

  /**
   * Creates the missing topics, checks the partitions, and starts the stream threads. Returns
   * before they run; see {@link #awaitRunning}.
   *
   * @throws InvalidSettingsException if the partitions of {@code artist-updates} are not those of
   *     the settings, or the file of genre families is bad, or another user could have written the
   *     default directory of the state
   * @throws StreamsStartException if the brokers do not answer, or refuse; or the schema registry
   *     does not, or has schemas that ours may not follow
   */
  public static StreamsApp start(StreamsSettings settings) {
    try {
      return started(settings);
    } catch (RegistryException e) {
      throw new StreamsStartException(
          "The streams app '%s' was not started: %s"
              .formatted(settings.applicationId(), e.getMessage()),
          e);
    } catch (KafkaException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof ConfigException && !isOfBrokers(cause)) {
          throw new InvalidSettingsException(
              List.of("%s*: %s".formatted(Setting.KAFKA_PREFIX, cause.getMessage())));
        }
      }
      throw new StreamsStartException(
          "The streams app '%s' was not started: %s"
              .formatted(
                  settings.applicationId(), e.getCause() == null ? e.getMessage() : e.getCause()),
          e);
    }
  }

  /**
   * The settings have seen to the form of the addresses, so that what Kafka's clients still say of
   * them is that no name resolves: an outage, and no bad setting.
   */
  private static boolean isOfBrokers(Throwable problem) {
    return problem.getMessage().contains(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
  }

  private static StreamsApp started(StreamsSettings settings) {
    GenreFamilies families = settings.families();
    GenreIndexes indexes = new GenreIndexes();
    Topology topology = ArtistTopology.of(settings, families, settings.avro().format(), indexes);
    Properties properties = settings.kafkaProperties();
    if (settings.stateDir().equals(DefaultStateDirectory.PATH)) {
      DefaultStateDirectory.claim(settings.stateDir());
    }
    checkTopics(settings, properties);
    StreamsApp app = created(settings, topology, properties);
    try {
      app.resources.serve(app.streams, families, indexes, settings.partitions());
      app.streams.start();
      return app;
    } catch (Throwable e) {
      app.close();
      throw e;
    }
  }

  private static StreamsApp created(
      StreamsSettings settings, Topology topology, Properties properties) {
    Resources resources = Resources.open(settings);
    try {
      resources.addTo(properties);
      return new StreamsApp(settings, topology, properties, resources);
    } catch (Throwable e) {
      resources.close();
      throw e;
    }
  }

  private static void checkTopics(StreamsSettings settings, Properties properties) {
    String client = settings.applicationId() + "-start";
    Admin admin = Admin.create(new StreamsConfig(properties).getAdminConfigs(client));
    try {
      TopicCheck.run(admin, settings);
    } finally {
      // Not the close without a limit: that waits a minute for brokers that do not answer.
      admin.close(Duration.ZERO);
    }
  }

  /**
   * Waits until this instance has its partitions and its state, and processes records.
   *
   * @throws StreamsStartException if it ends first, or the time is over; then the app still runs,
   *     and is to be closed
   */
  public void awaitRunning(Duration timeout) {
    try {
      if (!runningOrEnded.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StreamsStartException(
            "The streams app is not running after %s, but %s; %s is not read yet"
                .formatted(timeout, streams.state(), Topics.ARTIST_UPDATES.name()),
            null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StreamsStartException("Interrupted while the streams app was starting", e);
    }
    if (ended.getCount() == 0) {
      throw new StreamsStartException(
          "The streams app ended while starting: "
              + failure().map(Throwable::toString).orElse("it was closed"),
          failure().orElse(null));
    }
  }

  /**
   * Waits until this instance processes records, however long its state takes to restore.
   *
   * @throws StreamsStartException if it ends first
   */
  public void awaitRunning() {
    awaitRunning(FOREVER);
  }

  /** Waits until the app has ended, by {@link #close} or by itself. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** State of the Kafka Streams client. */
  public State state() {
    return streams.state();
  }

  /**
   * What ended the app, where it ended by itself after its threads had been replaced too often;
   * empty while it runs, and after {@link #close}.
   */
  public Optional<Throwable> failure() {
    State state = streams.state();
    return state == State.ERROR || state == State.PENDING_ERROR
        ? Optional.ofNullable(restarts.last())
        : Optional.empty();
  }

  /** Where questions are answered, such as {@code http://127.0.0.1:8089}; empty where nowhere. */
  public Optional<URI> questions() {
    return resources.questions();
  }

  /** Metrics of Kafka Streams and its clients. */
  public Map<MetricName, ? extends Metric> metrics() {
    return streams.metrics();
  }

  /** {@link #close(Duration)} with 10 seconds. */
  @Override
  public void close() {
    close(CLOSE_TIMEOUT);
  }

  /**
   * Commits, leaves the group so that others or a successor go on at once, and ends. A static
   * member stays in the group, for its next start. Does nothing the second time.
   *
   * @param timeout how long to wait; what is not committed by then is repeated at the next start
   */
  public void close(Duration timeout) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    resources.stopServing();
    boolean inTime =
        streams.close(CloseOptions.timeout(timeout).withGroupMembershipOperation(atEnd));
    if (inTime) {
      resources.close();
    } else {
      // The stores may still use the memory, and native code would crash the JVM.
      LOG.warn(
          "The streams app did not end within {}; it goes on from its last commit when started again",
          timeout);
    }
    runningOrEnded.countDown();
    ended.countDown();
  }

  private void changed(State now, State before) {
    if (now == State.RUNNING) {
      runningOrEnded.countDown();
    } else if (now == State.ERROR || now == State.NOT_RUNNING) {
      ended.countDown();
      runningOrEnded.countDown();
    }
  }
}
