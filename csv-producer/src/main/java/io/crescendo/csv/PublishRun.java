package io.crescendo.csv;

import io.crescendo.schemas.Reject;
import io.crescendo.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;

/** Sends the rows of one source, from where an earlier run came to. */
final class PublishRun {

  private static final long LOOK_NANOS = 50_000_000;

  private final Source source;
  private final String identity;
  private final Checkpoint from;
  private final ArtistFileReader rows;
  private final PublishOptions options;
  private final Progress progress;
  private final BooleanSupplier stopped;
  private final Serializer<Reject> avro;
  private final RejectLimit limit;
  private final Counts counts;
  private final Clock clock = Clock.systemUTC();

  /**
   * A run.
   *
   * @param from where to go on; its time of observation is that of all rows
   * @param stopped whether somebody wants it to end early
   * @param avro how rows that are turned away are written
   */
  PublishRun(
      Source source,
      String identity,
      Checkpoint from,
      ArtistFileReader rows,
      PublishOptions options,
      Progress progress,
      BooleanSupplier stopped,
      Serializer<Reject> avro) {
    this.source = source;
    this.identity = identity;
    this.from = from;
    this.rows = rows;
    this.options = options;
    this.progress = progress;
    this.stopped = stopped;
    this.avro = avro;
    this.limit = new RejectLimit(options);
    this.counts = new Counts(from);
  }

  /** What it has come to. */
  Counts counts() {
    return counts;
  }

  /** Publishes what is left, to the end of the source; takes back its last rows if it fails. */
  void send(Transactions transactions) throws IOException {
    passOverWhatIsPublished();
    UpdateJson json = new UpdateJson(from.observedAt(), source.name());
    Pace pace = new Pace(options.rowsPerSecond(), System::nanoTime);
    try {
      rows.whileWaiting(() -> rest(transactions));
      while (rows.next()) {
        transactions.send(item(json));
        counts.count(rows.rejection());
        pace.count();
        if (transactions.dueAfterRecord()) {
          commit(transactions, false);
        }
        keep(pace, transactions);
      }
      commit(transactions, true);
    } catch (UncheckedIOException e) { // out of a commit, which waiting for rows may call
      abort(transactions, e);
      throw e.getCause();
    } catch (IOException | RuntimeException e) {
      abort(transactions, e);
      throw e;
    }
  }

  private void passOverWhatIsPublished() throws IOException {
    long left = from.rows();
    while (left > 0 && rows.next()) {
      left--;
    }
    if (left > 0 || (from.rows() > 0 && rows.position() != from.position())) {
      throw new UnusableSourceException(
          ("%s: an earlier run published %s rows of it, cut in another way than they are now; use the"
                  + " options of that run, or --again to publish all of it; nothing was published")
              .formatted(source.name(), from.rows()));
    }
  }

  private void commit(Transactions transactions, boolean finished) {
    limit.checkUnderway(source, counts);
    try {
      source.requireUnchanged();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (source.repeatable()) {
      transactions.send(
          ProgressLog.entry(
              identity, counts.checkpoint(rows.position(), from.observedAt(), finished)));
    }
    transactions.commit();
    counts.markCommitted();
    progress.published(source, counts.committed(), rows.bytesRead());
  }

  private void keep(Pace pace, Transactions transactions) {
    for (long wait = pace.untilNext(); wait > 0; wait = pace.untilNext()) {
      rest(transactions);
      LockSupport.parkNanos(Math.min(wait, LOOK_NANOS));
    }
  }

  /** While there is no row to send: nobody shall wait for those that were sent. */
  private void rest(Transactions transactions) {
    if (stopped.getAsBoolean()) {
      throw new KafkaException("was stopped");
    }
    if (transactions.due()) {
      commit(transactions, false);
    }
  }

  private ProducerRecord<byte[], byte[]> item(UpdateJson json) {
    Rejection rejection = rows.rejection();
    if (rejection == null) {
      ArtistRow artist = rows.artist();
      return new ProducerRecord<>(
          Topics.ARTIST_UPDATES.name(), utf8(artist.id()), json.write(artist, rows.line()));
    }
    progress.rejected(rejection.message());
    Instant now = clock.instant();
    return new ProducerRecord<>(
        Topics.ARTIST_REJECTS.name(),
        rejection.id() == null ? null : utf8(rejection.id()),
        rejection.toAvro(now, avro));
  }

  private static void abort(Transactions transactions, Exception cause) {
    try {
      transactions.abort();
    } catch (KafkaException | IllegalStateException e) {
      // A fenced or broken producer cannot abort; the broker does it when the transaction times
      // out.
      cause.addSuppressed(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
