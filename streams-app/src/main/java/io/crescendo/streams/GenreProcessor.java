package io.crescendo.streams;

import io.crescendo.schemas.GenreFollowers;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Adds up what all partitions of artists give to each genre, and reports the changed ones in
 * batches at a {@link Pace}, so that a genre is written once per commit interval however many of
 * its artists change.
 */
final class GenreProcessor implements Processor<byte[], GenreParts, String, GenreFollowers> {

  static final String PARTS = "genre-parts";
  static final String REPORTS = "genre-reports";

  private final GenreFamilies families;
  private final Duration interval;
  private final int partitions;
  private final Activity activity;
  private ProcessorContext<String, GenreFollowers> context;
  private GenreLedger ledger;
  private Meter meter;
  private Timer latency;
  private Pace reporting;

  /**
   * @param interval in which a genre is written once while its artists change
   * @param partitions how many there are of artists
   * @param activity of the instance
   */
  GenreProcessor(GenreFamilies families, Duration interval, int partitions, Activity activity) {
    this.families = families;
    this.interval = interval;
    this.partitions = partitions;
    this.activity = activity;
  }

  @Override
  public void init(ProcessorContext<String, GenreFollowers> context) {
    this.context = context;
    this.ledger =
        new GenreLedger(context.getStateStore(PARTS), context.getStateStore(REPORTS), partitions);
    this.meter = new Meter(context);
    this.latency = meter.latency("genre-followers");
    this.reporting = new Pace(context, activity, interval, this::report);
    reportWhatIsOwed();
  }

  @Override
  public void process(Record<byte[], GenreParts> record) {
    activity.record();
    ledger.enter(record.value(), record.timestamp());
    reportWhatIsOwed();
  }

  private void reportWhatIsOwed() {
    if (ledger.owesRows()) {
      reporting.changed();
    }
  }

  private void report(long now) {
    ledger.report(
        now,
        (genre, total, timestamp, reportedAt) -> {
          context.forward(new Record<>(genre, row(genre, total, reportedAt), timestamp));
          meter.since(timestamp, latency);
        });
  }

  @Override
  public void close() {
    reporting.stop();
  }

  private GenreFollowers row(String genre, GenreTotal total, long reportedAt) {
    Place top = total.top();
    return new GenreFollowers(
        genre,
        families.of(genre),
        total.artists(),
        total.followers(),
        total.averagePopularity(),
        top == null ? null : top.artist(),
        top == null ? null : top.name(),
        top == null ? null : (Long) top.followers(),
        Instant.ofEpochMilli(total.asOf()),
        Instant.ofEpochMilli(reportedAt));
  }
}
