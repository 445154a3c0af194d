package io.crescendo.streams;

import io.crescendo.streams.GenreChange.Share;
import org.apache.kafka.common.serialization.Serde;

/**
 * Running totals of one genre.
 *
 * @param artists artists that carry it now
 * @param followers sum of their followers
 * @param popularity sum of the popularities that they state
 * @param popularityStated how many of them state one
 * @param asOf newest observation that changed the genre, milliseconds since the epoch
 * @param timestamp newest record timestamp among the changes since the row before; not of all time,
 *     or one record that is stamped ahead would date all later rows
 * @param changed whether it changed since its last row in {@code genre-followers}
 * @param reportedAt {@code reported_at} of that row, milliseconds since the epoch; {@value #NEVER}
 *     where there was none yet
 */
record GenreTotal(
    long artists,
    long followers,
    long popularity,
    long popularityStated,
    long asOf,
    long timestamp,
    boolean changed,
    long reportedAt) {

  static final long NEVER = 0;

  static final GenreTotal EMPTY =
      new GenreTotal(0, 0, 0, 0, Long.MIN_VALUE, Long.MIN_VALUE, false, NEVER);

  private static final int REPORTED = 1;
  private static final int CHANGED = 2;

  GenreTotal after(GenreChange change, long recordTimestamp) {
    Share before = change.before();
    Share after = change.after();
    return new GenreTotal(
        artists + one(after) - one(before),
        followers + followersOf(after) - followersOf(before),
        popularity + popularityOf(after) - popularityOf(before),
        popularityStated + statedIn(after) - statedIn(before),
        Math.max(asOf, change.observedAt()),
        changed ? Math.max(timestamp, recordTimestamp) : recordTimestamp,
        true,
        reportedAt);
  }

  GenreTotal afterReport(long now) {
    return new GenreTotal(
        artists, followers, popularity, popularityStated, asOf, timestamp, false, now);
  }

  boolean reported() {
    return reportedAt != NEVER;
  }

  /** Null where no artist states a popularity. */
  Double averagePopularity() {
    return popularityStated == 0 ? null : (double) popularity / popularityStated;
  }

  private static int one(Share share) {
    return share == null ? 0 : 1;
  }

  private static long followersOf(Share share) {
    return share == null ? 0 : share.followers();
  }

  private static int popularityOf(Share share) {
    return share == null || share.popularity() == null ? 0 : share.popularity();
  }

  private static int statedIn(Share share) {
    return share == null || share.popularity() == null ? 0 : 1;
  }

  static Serde<GenreTotal> serde() {
    return new BinarySerde<>("genre total", GenreTotal::write, GenreTotal::read);
  }

  private static void write(ByteWriter out, GenreTotal total) {
    out.writeByte((total.reported() ? REPORTED : 0) | (total.changed ? CHANGED : 0));
    out.writeLong(total.artists);
    out.writeLong(total.followers);
    out.writeLong(total.popularity);
    out.writeLong(total.popularityStated);
    out.writeLong(total.asOf);
    out.writeLong(total.timestamp);
    out.writeLong(total.reportedAt);
  }

  private static GenreTotal read(ByteReader in) {
    int flags = in.readByte();
    return new GenreTotal(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        (flags & CHANGED) != 0,
        readReportedAt(in, (flags & REPORTED) != 0));
  }

  /** State of before there was a time of the report ends without it. */
  private static long readReportedAt(ByteReader in, boolean reported) {
    if (in.atEnd()) {
      return reported ? NEVER + 1 : NEVER;
    }
    return in.readLong();
  }
}
