package io.crescendo.streams;

import io.crescendo.schemas.GenreFollowers;
import io.crescendo.streams.GenreRanking.Place;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps the totals and the ranking of every genre, and reports the changed ones in batches, so that
 * a genre is written at most once per commit interval however many of its artists change.
 *
 * <p>A total knows through which offset it holds changes. One that lies before it is read again, as
 * where the group's offsets expired, and is held against the ranking.
 *
 * <p>That a genre has changed is part of its stored total: after a crash between a commit and the
 * report, the report is still owed. (A record cache would batch as well, but only as long as it is
 * large enough, and it tells nothing of a total that it deletes.)
 *
 * <p>The timer runs only while something is owed; an idle app commits nothing.
 */
final class GenreProcessor implements Processor<byte[], GenreChange, String, GenreFollowers> {

  static final String TOTALS = "genre-totals";
  static final String RANKING = "genre-ranking";

  private final GenreFamilies families;
  private final Duration interval;
  private final Set<String> changed = new LinkedHashSet<>();
  private ProcessorContext<String, GenreFollowers> context;
  private GenreLedger ledger;
  private Meter meter;
  private Timer latency;
  private Cancellable timer;
  private long lastReport;
  private long lastReportedAt;

  GenreProcessor(GenreFamilies families, Duration interval) {
    this.families = families;
    this.interval = interval;
  }

  @Override
  public void init(ProcessorContext<String, GenreFollowers> context) {
    this.context = context;
    this.ledger = new GenreLedger(context.getStateStore(TOTALS), context.getStateStore(RANKING));
    this.meter = new Meter(context);
    this.latency = meter.latency("genre-followers");
    this.lastReport = Long.MIN_VALUE / 2;
    this.lastReportedAt = ledger.lastReportedAt();
    ledger.forEachChanged(changed::add);
    if (!changed.isEmpty()) {
      startTimer();
    }
  }

  @Override
  public void process(Record<byte[], GenreChange> record) {
    GenreChange change = record.value();
    long offset = context.recordMetadata().orElseThrow().offset();
    for (String genre : change.genres()) {
      if (ledger.apply(genre, change, offset, record.timestamp())) {
        changed.add(genre);
      }
    }
    if (timer == null && !changed.isEmpty()) {
      startTimer();
    }
  }

  /**
   * Changes become visible in bursts, just after a commit of the artists' side. Half an interval
   * lets a burst arrive in full and still reports it within the same commit.
   */
  private void startTimer() {
    long now = context.currentSystemTimeMs();
    long delay = Math.max(interval.toMillis() / 2, lastReport + interval.toMillis() - now);
    timer =
        context.schedule(
            Duration.ofMillis(Math.max(1, delay)), PunctuationType.WALL_CLOCK_TIME, this::report);
  }

  private void report(long now) {
    // Rows of a genre keep their order even where the clock steps back.
    long reportedAt = Math.max(now, lastReportedAt + 1);
    for (String genre : changed) {
      GenreTotal total = ledger.total(genre);
      if (total.artists() > 0 || total.reported()) {
        context.forward(new Record<>(genre, row(genre, total, reportedAt), total.timestamp()));
        meter.since(total.timestamp(), latency);
      }
      ledger.reported(genre, reportedAt);
    }
    ledger.setLastReportedAt(reportedAt);
    changed.clear();
    lastReport = now;
    lastReportedAt = reportedAt;
    stopTimer();
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /**
   * Forgets the work that is rolled back: where a task finds its state corrupted, Kafka Streams
   * closes this very object and initialises it again, with the timers of before still set.
   */
  @Override
  public void close() {
    stopTimer();
    changed.clear();
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
