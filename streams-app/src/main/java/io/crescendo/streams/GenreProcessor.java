package io.crescendo.streams;

import io.crescendo.schemas.GenreFollowers;
import io.crescendo.streams.GenreRanking.Place;
import io.micrometer.core.instrument.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the totals and the ranking of every genre, and reports the changed ones in batches, so that
 * a genre is written at most once per commit interval however many of its artists change.
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

  /** Key of a total that only tells when the last report was; no genre has control characters. */
  static final String LAST_REPORT = "\0";

  private final GenreFamilies families;
  private final Duration interval;
  private final Set<String> changed = new LinkedHashSet<>();
  private ProcessorContext<String, GenreFollowers> context;
  private KeyValueStore<String, GenreTotal> totals;
  private GenreRanking ranking;
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
    this.totals = context.getStateStore(TOTALS);
    this.meter = new Meter(context);
    this.latency = meter.latency("genre-followers");
    this.ranking = new GenreRanking(context.getStateStore(RANKING));
    this.lastReport = Long.MIN_VALUE / 2;
    // Not the newest among the totals: that of a genre which is gone since would be missing.
    GenreTotal last = totals.get(LAST_REPORT);
    this.lastReportedAt = last == null ? GenreTotal.NEVER : last.reportedAt();
    try (KeyValueIterator<String, GenreTotal> rows = totals.all()) {
      rows.forEachRemaining(
          row -> {
            if (row.value.changed()) {
              changed.add(row.key);
            }
          });
    }
    if (!changed.isEmpty()) {
      startTimer();
    }
  }

  @Override
  public void process(Record<byte[], GenreChange> record) {
    String genre = new String(record.key(), StandardCharsets.UTF_8);
    GenreTotal known = totals.get(genre);
    GenreTotal before = known == null ? GenreTotal.EMPTY : known;
    totals.put(genre, before.after(record.value(), record.timestamp()));
    ranking.apply(genre, record.value());
    changed.add(genre);
    if (timer == null) {
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
      GenreTotal total = totals.get(genre);
      boolean gone = total.artists() == 0;
      if (!gone || total.reported()) {
        context.forward(new Record<>(genre, row(genre, total, reportedAt), total.timestamp()));
        meter.since(total.timestamp(), latency);
      }
      if (gone) {
        totals.delete(genre);
      } else {
        totals.put(genre, total.afterReport(reportedAt));
      }
    }
    totals.put(LAST_REPORT, GenreTotal.EMPTY.afterReport(reportedAt));
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
    GenreFollowers.Builder row = GenreFollowers.newBuilder();
    row.setGenre(genre);
    row.setGenreFamily(families.of(genre));
    row.setArtists(total.artists());
    row.setFollowers(total.followers());
    row.setAveragePopularity(total.averagePopularity());
    for (Place top : ranking.top(genre, 1)) {
      row.setTopArtistId(top.artist());
      row.setTopArtistName(top.name());
      row.setTopArtistFollowers(top.followers());
    }
    row.setAsOf(Instant.ofEpochMilli(total.asOf()));
    row.setReportedAt(Instant.ofEpochMilli(reportedAt));
    return row.build();
  }
}
