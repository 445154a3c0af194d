package io.crescendo.csv;

import io.crescendo.schemas.AvroFormat;
import io.crescendo.schemas.Reject;
import io.crescendo.schemas.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serializer;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Publishes artist files exactly once: every row becomes one record, in {@code artist-updates} with
 * the artist's id as key, or in {@code artist-rejects} with the rule that it broke.
 *
 * <p>Rows travel in transactions of at most 200,000 rows or one second, each with an entry in the
 * topic {@code csv-progress} that says how far the file has come. The transactional id follows from
 * {@link Source#identity()}, so of two publishers of one file the later one fences the earlier. A
 * run that fails, or is killed, leaves whole transactions; the next run of the same file goes on
 * behind them, and a file that is finished is not published again unless told so.
 *
 * <p>One source at a time; {@link #close} may come from another thread, and ends a running {@link
 * #publish}.
 */
public final class CsvPublisher implements AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Function<String, Producer<byte[], byte[]>> producers;
  private final Supplier<ProgressLog> logs;
  private final CommitLimits limits;
  private final Progress progress;
  private final Serializer<Reject> rejects;
  private final ReentrantLock publishing = new ReentrantLock();

  /** Identities of which rows were published again, but not all yet. */
  private final Set<String> repeating = new HashSet<>();

  private volatile Producer<byte[], byte[]> current;
  private volatile ProgressLog log;
  private volatile boolean closed;

  /**
   * Makes a publisher; connects when the first source is published.
   *
   * @param kafkaProperties properties of Kafka clients, at least {@code bootstrap.servers}
   * @param progress hears how far it has come
   * @throws ConfigException if a property is unknown or not to be set; names every problem
   */
  public CsvPublisher(Map<String, Object> kafkaProperties, Progress progress) {
    this(kafkaProperties, progress, AvroFormat.singleObject());
  }

  /**
   * As {@link #CsvPublisher(Map, Progress)}.
   *
   * @param format how rows that break a rule are written to {@code artist-rejects}
   */
  public CsvPublisher(Map<String, Object> kafkaProperties, Progress progress, AvroFormat format) {
    this(
        producersOf(new ProducerSettings(kafkaProperties)),
        () -> KafkaProgressLog.open(kafkaProperties),
        CommitLimits.DEFAULT,
        progress,
        format);
  }

  /**
   * As the others, for somebody who has created the topics already.
   *
   * @param admin the client that was used for that; not closed here
   */
  CsvPublisher(
      Map<String, Object> kafkaProperties,
      Supplier<Admin> admin,
      Progress progress,
      AvroFormat format) {
    this(
        producersOf(new ProducerSettings(kafkaProperties)),
        () -> KafkaProgressLog.open(kafkaProperties, admin.get()),
        CommitLimits.DEFAULT,
        progress,
        format);
  }

  /** Makes a publisher that gets its producer from a function of the transactional id. */
  CsvPublisher(
      Function<String, Producer<byte[], byte[]>> producers,
      Supplier<ProgressLog> logs,
      CommitLimits limits,
      Progress progress) {
    this(producers, logs, limits, progress, AvroFormat.singleObject());
  }

  private CsvPublisher(
      Function<String, Producer<byte[], byte[]>> producers,
      Supplier<ProgressLog> logs,
      CommitLimits limits,
      Progress progress,
      AvroFormat format) {
    this.rejects = format.serde(Topics.ARTIST_REJECTS, Reject.class).serializer();
    this.producers = producers;
    this.logs = logs;
    this.limits = limits;
    this.progress = progress;
  }

  /**
   * Looks whether a source is an artist file; reads its first rows, and needs no Kafka.
   *
   * @throws UnusableSourceException if it is none
   * @throws PublishException if it cannot be read
   */
  public static void check(Source source, PublishOptions options) {
    try {
      ArtistFileReader.open(source, options.reading()).close();
    } catch (IOException | SdkException e) {
      throw new PublishException(
          "%s: cannot be read (%s); nothing was published".formatted(source.name(), e.getMessage()),
          e instanceof IOException,
          0,
          e);
    }
  }

  /** As {@link #publish(Source, PublishOptions)}, with {@link PublishOptions#DEFAULT}. */
  public PublishReport publish(Source source) {
    return publish(source, PublishOptions.DEFAULT);
  }

  /**
   * Publishes what has not been published yet of a source, up to its last row. One that is to be
   * published again, and failed, is gone on with when this publisher is given it once more.
   *
   * @throws UnusableSourceException if the source is not an artist file; nothing was published
   * @throws TooManyRejectsException if too many of its rows break a rule
   * @throws PublishException if Kafka or the store of the source fails, or the source breaks off;
   *     the message says how many rows were published
   */
  public PublishReport publish(Source source, PublishOptions options) {
    requireObserved(source);
    long begun = System.nanoTime();
    publishing.lock();
    Counts[] counts = {new Counts(Checkpoint.start(source.observedAt()))};
    try {
      String identity = source.identity(); // before opening: what is read must be what this names
      boolean already;
      try (ArtistFileReader rows = ArtistFileReader.open(source, options.reading())) {
        rows.guess(options.reading()).ifPresent(progress::noticed);
        already = publish(source, identity, rows, options, counts);
      }
      return counts[0].report(source, Duration.ofNanos(System.nanoTime() - begun), already);
    } catch (ConfigException e) {
      throw e;
    } catch (IOException | KafkaException | SdkException e) {
      throw new PublishFailure(source, counts[0].committed(), options.again(), closed).of(e);
    } finally {
      if (closed) {
        closeLog();
      }
      publishing.unlock();
    }
  }

  /** Ends a running {@link #publish}, which takes back its open transaction. */
  @Override
  public void close() {
    closed = true;
    Producer<byte[], byte[]> open = current;
    if (open != null) {
      open.close(CLOSE_TIMEOUT);
    }
    ProgressLog reading = log;
    if (reading != null) {
      reading.wakeUp();
    }
    if (publishing.tryLock()) { // else the publishing thread closes it: it is not thread-safe
      try {
        closeLog();
      } finally {
        publishing.unlock();
      }
    }
  }

  /** A store may say anything; of rows from outside these years readers reject every one. */
  private static void requireObserved(Source source) {
    if (!ObservationTime.isSane(source.observedAt())) {
      throw new UnusableSourceException(
          ("%s: its figures must have been true in the years 1970 to 9999, got %s; say when with"
                  + " --observed-at; nothing was published")
              .formatted(source.name(), source.observedAt()));
    }
  }

  /** Returns whether the source had been published already. */
  private boolean publish(
      Source source,
      String identity,
      ArtistFileReader rows,
      PublishOptions options,
      Counts[] counts)
      throws IOException {
    Producer<byte[], byte[]> producer = producers.apply(transactionalId(identity));
    current = producer;
    try {
      if (closed) { // before there was a producer to close
        throw new KafkaException("was stopped");
      }
      // Fences other publishers of the file first: from here on only we add to its progress.
      Transactions transactions = new Transactions(producer, limits, System::nanoTime);
      Checkpoint from = whereToGoOn(source, identity, options);
      counts[0] = new Counts(from);
      if (from.finished()) {
        repeating.remove(identity);
        return true;
      }
      RejectLimit limit = new RejectLimit(options);
      if (limit.readsBefore(source)) {
        limit.checkBefore(source, rows, from.rows());
        rows.close();
        try (ArtistFileReader again = ArtistFileReader.open(source, options.reading())) {
          send(source, identity, from, again, options, counts, transactions);
        }
      } else {
        send(source, identity, from, rows, options, counts, transactions);
      }
      return false;
    } catch (IllegalStateException e) {
      if (closed) { // the producer's way to say that it was closed under our hands
        throw new KafkaException("was stopped", e);
      }
      throw e;
    } finally {
      current = null;
      producer.close(CLOSE_TIMEOUT);
    }
  }

  private void send(
      Source source,
      String identity,
      Checkpoint from,
      ArtistFileReader rows,
      PublishOptions options,
      Counts[] counts,
      Transactions transactions)
      throws IOException {
    PublishRun run =
        new PublishRun(source, identity, from, rows, options, progress, () -> closed, rejects);
    counts[0] = run.counts();
    try {
      run.send(transactions);
      repeating.remove(identity);
    } catch (IOException | RuntimeException e) {
      if (options.again() && counts[0].committed() > 0) {
        repeating.add(identity);
      }
      throw e;
    }
  }

  private Checkpoint whereToGoOn(Source source, String identity, PublishOptions options) {
    Checkpoint start = Checkpoint.start(source.observedAt());
    boolean fromFirst = options.again() && !repeating.contains(identity);
    if (fromFirst || !source.repeatable()) {
      return start;
    }
    if (log == null) {
      log = logs.get(); // also creates the topic
    }
    return log.latest(identity).orElse(start);
  }

  private void closeLog() {
    if (log != null) {
      log.close();
      log = null;
    }
  }

  /** Such as {@code crescendo-csv-1f8ac10f23c5b5bc}: the same for a file in every run. */
  static String transactionalId(String identity) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return "crescendo-csv-" + HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Function<String, Producer<byte[], byte[]>> producersOf(ProducerSettings settings) {
    return id -> {
      try {
        return new KafkaProducer<>(settings.with(id));
      } catch (KafkaException e) {
        // It hides what is wrong with a property behind "Failed to construct kafka producer".
        throw e.getCause() instanceof ConfigException config ? config : e;
      }
    };
  }
}
