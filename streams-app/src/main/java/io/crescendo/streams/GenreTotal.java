package io.crescendo.streams;

import io.crescendo.streams.GenreChange.Share;
import io.crescendo.streams.GenreRanking.Place;
import org.apache.kafka.common.serialization.Serde;

/**
 * Running totals of one genre.
 *
 * @param artists artists that carry it now
 * @param followers sum of their followers
 * @param popularity sum of the popularities that they state
 * @param popularityStated how many of them state one
 * @param top the first of them; null where there is none
 * @param asOf newest observation that changed the genre, milliseconds since the epoch
 * @param timestamp newest record timestamp among the changes since the row before; not of all time,
 *     or one record that is stamped ahead would date all later rows
 * @param changed whether it changed since its last row in {@code genre-followers}
 * @param reportedAt {@code reported_at} of that row, milliseconds since the epoch; {@value #NEVER}
 *     where there was none yet
 * @param through highest offset of the changes that it holds
 */
record GenreTotal(
    long artists,
    long followers,
    long popularity,
    long popularityStated,
    Place top,
    long asOf,
    long timestamp,
    boolean changed,
    long reportedAt,
    long through) {

  static final long NEVER = 0;

  private static final long NO_OFFSET = -1;

  static final GenreTotal EMPTY = reported(NEVER, NO_OFFSET);

  /** Of no artist, after a report and a change. */
  static GenreTotal reported(long reportedAt, long through) {
    return new GenreTotal(
        0, 0, 0, 0, null, Long.MIN_VALUE, Long.MIN_VALUE, false, reportedAt, through);
  }

  /**
   * After a change of one artist.
   *
   * @param before what it gave to the genre; null where nothing
   * @param offset of the change
   * @param recordTimestamp of the change
   * @param newTop the first artist then
   */
  GenreTotal after(
      GenreChange change, Share before, long offset, long recordTimestamp, Place newTop) {
    Share after = change.after();
    return new GenreTotal(
        artists + artistsIn(after) - artistsIn(before),
        followers + followersOf(after) - followersOf(before),
        popularity + popularityOf(after) - popularityOf(before),
        popularityStated + statedIn(after) - statedIn(before),
        newTop,
        Math.max(asOf, change.observedAt()),
        changed ? Math.max(timestamp, recordTimestamp) : recordTimestamp,
        true,
        reportedAt,
        Math.max(through, offset));
  }

  GenreTotal afterReport(long now) {
    return new GenreTotal(
        artists,
        followers,
        popularity,
        popularityStated,
        top,
        asOf,
        timestamp,
        false,
        now,
        through);
  }

  boolean reported() {
    return reportedAt != NEVER;
  }

  /** Null where no artist states a popularity. */
  Double averagePopularity() {
    return popularityStated == 0 ? null : (double) popularity / popularityStated;
  }

  private static int artistsIn(Share share) {
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
    return new BinarySerde<>("genre total", 2, GenreTotal::write, GenreTotal::read);
  }

  private static void write(ByteWriter out, GenreTotal total) {
    out.writeByte(total.changed ? 1 : 0);
    out.writeLong(total.artists);
    out.writeLong(total.followers);
    out.writeLong(total.popularity);
    out.writeLong(total.popularityStated);
    out.writeLong(total.asOf);
    out.writeLong(total.timestamp);
    out.writeLong(total.reportedAt);
    out.writeLong(total.through);
    out.writeString(total.top == null ? null : total.top.artist());
    if (total.top != null) {
      out.writeString(total.top.name());
      out.writeLong(total.top.followers());
    }
  }

  private static GenreTotal read(ByteReader in) {
    boolean changed = in.readByte() != 0;
    long artists = in.readLong();
    long followers = in.readLong();
    long popularity = in.readLong();
    long popularityStated = in.readLong();
    long asOf = in.readLong();
    long timestamp = in.readLong();
    long reportedAt = in.readLong();
    long through = in.readLong();
    String topId = in.readString();
    Place top = topId == null ? null : new Place(topId, in.readString(), in.readLong());
    return new GenreTotal(
        artists,
        followers,
        popularity,
        popularityStated,
        top,
        asOf,
        timestamp,
        changed,
        reportedAt,
        through);
  }
}
