package io.crescendo.connect.s3.layout;

import io.crescendo.connect.s3.parquet.RowType;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Directories by time: the record's local time, cut to the partition duration, then formatted.
 *
 * <p>Formatting a date costs as much as writing a row. So each directory is rendered once, and kept
 * with the span of instants that lead to it.
 */
final class TimePartitioner implements Partitioner {

  private static final int MOST_KEPT = 4096;

  private final Timestamps timestamps;
  private final DateTimeFormatter format;
  private final long durationMillis;
  private final ZoneId zone;
  private final TreeMap<Long, Span> spans = new TreeMap<>();
  private Span last = new Span(0, 0, "");

  TimePartitioner(
      Timestamps timestamps, DateTimeFormatter format, long durationMillis, ZoneId zone) {
    this.timestamps = timestamps;
    this.format = format;
    this.durationMillis = durationMillis;
    this.zone = zone;
  }

  @Override
  public String directory(SinkRecord record, RowType type) {
    return directory(timestamps.millis(record, type));
  }

  String directory(long millis) {
    return at(millis).directory;
  }

  /** When the time begins that a record's directory stands for, in milliseconds since the epoch. */
  long begin(SinkRecord record, RowType type) {
    return at(timestamps.millis(record, type)).from;
  }

  private Span at(long millis) {
    if (!last.holds(millis)) {
      last = span(millis);
    }
    return last;
  }

  private Span span(long millis) {
    Map.Entry<Long, Span> kept = spans.floorEntry(millis);
    if (kept != null && kept.getValue().holds(millis)) {
      return kept.getValue();
    }
    if (spans.size() == MOST_KEPT) {
      spans.clear();
    }
    Span span = render(millis);
    spans.put(span.from, span);
    return span;
  }

  private Span render(long millis) {
    Instant instant = Instant.ofEpochMilli(millis);
    ZoneRules rules = zone.getRules();
    long offset = TimeUnit.SECONDS.toMillis(rules.getOffset(instant).getTotalSeconds());
    long local = Math.floorDiv(millis + offset, durationMillis) * durationMillis;
    LocalDateTime cut =
        LocalDateTime.ofEpochSecond(Math.floorDiv(local, 1000L), 0, ZoneOffset.UTC)
            .plusNanos(TimeUnit.MILLISECONDS.toNanos(Math.floorMod(local, 1000L)));
    long from = local - offset;
    long to = from + durationMillis;
    // The offset holds between two transitions only; beyond, the same cut may be another span.
    ZoneOffsetTransition next = rules.nextTransition(instant);
    if (next != null) {
      to = Math.min(to, next.toEpochSecond() * 1000);
    }
    ZoneOffsetTransition previous = rules.previousTransition(instant.plusMillis(1));
    if (previous != null) {
      from = Math.max(from, previous.toEpochSecond() * 1000);
    }
    return new Span(from, to, format.format(cut.atZone(zone)));
  }

  private record Span(long from, long to, String directory) {

    boolean holds(long millis) {
      return from <= millis && millis < to;
    }
  }
}
