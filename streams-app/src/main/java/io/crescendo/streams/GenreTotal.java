package io.crescendo.streams;

import java.util.Objects;

/**
 * What artists give to one genre: those of one partition, or all.
 *
 * @param artists artists that carry it now
 * @param followers sum of their followers
 * @param popularity sum of the popularities that they state
 * @param popularityStated how many of them state one
 * @param top the first of them; null where there is none
 * @param asOf newest observation that changed it, milliseconds since the epoch; {@value #NEVER}
 *     where there was none
 */
record GenreTotal(
    long artists, long followers, long popularity, long popularityStated, Place top, long asOf) {

  static final long NEVER = Long.MIN_VALUE;

  static final GenreTotal EMPTY = new GenreTotal(0, 0, 0, 0, null, NEVER);

  /** Of both; they have no artist in common. */
  GenreTotal plus(GenreTotal other) {
    return new GenreTotal(
        artists + other.artists,
        followers + other.followers,
        popularity + other.popularity,
        popularityStated + other.popularityStated,
        Place.first(top, other.top),
        Math.max(asOf, other.asOf));
  }

  /** The same as of a time, where that is later. */
  GenreTotal asOf(long time) {
    return time <= asOf
        ? this
        : new GenreTotal(artists, followers, popularity, popularityStated, top, time);
  }

  /** Whether both say the same, be it as of different times. */
  boolean saysWhat(GenreTotal other) {
    return artists == other.artists
        && followers == other.followers
        && popularity == other.popularity
        && popularityStated == other.popularityStated
        && Objects.equals(top, other.top);
  }

  /** Null where no artist states a popularity. */
  Double averagePopularity() {
    return popularityStated == 0 ? null : (double) popularity / popularityStated;
  }

  void write(ByteWriter out) {
    out.writeLong(artists);
    out.writeLong(followers);
    out.writeLong(popularity);
    out.writeLong(popularityStated);
    out.writeLong(asOf);
    out.writeString(top == null ? null : top.artist());
    if (top != null) {
      out.writeString(top.name());
      out.writeLong(top.followers());
    }
  }

  static GenreTotal read(ByteReader in) {
    long artists = in.readLong();
    long followers = in.readLong();
    long popularity = in.readLong();
    long popularityStated = in.readLong();
    long asOf = in.readLong();
    String topId = in.readString();
    Place top = topId == null ? null : new Place(topId, in.readString(), in.readLong());
    return new GenreTotal(artists, followers, popularity, popularityStated, top, asOf);
  }
}
