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
 * batches, so that a genre is written at most once per commit interval however many of its artists
 * change.
 */
final class GenreProcessor implements Processor<byte[], GenreParts, String, GenreFollowers> {

  static final String PARTS = "genre-parts";
  static final String REPORTS = "genre-reports";

  private final GenreFamilies families;
  private final Duration interval;
  private final int partitions;
  private ProcessorContext<String, GenreFollowers> context;
  private GenreLedger ledger;
  private Meter meter;
  private Timer latency;
  private OneShot timer;
  private long lastReport;

  /**
   * @param interval in which a genre is written at most once
   * @param partitions how many there are of artists
   */
  GenreProcessor(GenreFamilies families, Duration interval, int partitions) {
    this.families = families;
    this.interval = interval;
    this.partitions = partitions;
  }

  @Override
  public void init(ProcessorContext<String, GenreFollowers> context) {
    this.context = context;
    this.ledger =
        new GenreLedger(context.getStateStore(PARTS), context.getStateStore(REPORTS), partitions);
    this.meter = new Meter(context);
    this.latency = meter.latency("genre-followers");
    this.lastReport = Long.MIN_VALUE / 2;
    this.timer = new OneShot(context, this::report);
    startTimer();
  }

  @Override
  public void process(Record<byte[], GenreParts> record) {
    ledger.enter(record.value(), record.timestamp());
    startTimer();
  }

  /**
   * What is told becomes visible in bursts, just after a commit of the artists' side. Half an
   * interval lets a burst arrive in full and still reports it within the same commit.
   */
  private void startTimer() {
    if (!timer.isSet() && ledger.owesRows()) {
      long sinceLast = context.currentSystemTimeMs() - lastReport;
      timer.set(Math.max(interval.toMillis() / 2, interval.toMillis() - sinceLast));
    }
  }

  private void report(long now) {
    lastReport = now;
    ledger.report(
        now,
        (genre, total, timestamp, reportedAt) -> {
          context.forward(new Record<>(genre, row(genre, total, reportedAt), timestamp));
          meter.since(timestamp, latency);
        });
  }

  @Override
  public void close() {
    timer.cancel();
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
