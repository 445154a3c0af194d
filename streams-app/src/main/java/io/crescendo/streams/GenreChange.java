package io.crescendo.streams;

import org.apache.kafka.common.serialization.Serde;

/**
 * What one update of an artist changes in one genre. It says what to take away as well as what to
 * add, so that a genre needs no memory of its artists beyond their ranking.
 *
 * @param artist artist id
 * @param before what the artist gave to the genre so far; null where nothing
 * @param after what it gives from now on; null where nothing
 * @param observedAt time of the observation, milliseconds since the epoch
 */
record GenreChange(String artist, Share before, Share after, long observedAt) {

  /**
   * What an artist gives to each of its genres.
   *
   * @param name its name
   * @param followers its followers
   * @param popularity 0 to 100; null where not stated
   */
  record Share(String name, long followers, Integer popularity) {}

  static Serde<GenreChange> serde() {
    return new BinarySerde<>("genre change", GenreChange::write, GenreChange::read);
  }

  private static void write(ByteWriter out, GenreChange change) {
    out.writeString(change.artist);
    writeShare(out, change.before);
    writeShare(out, change.after);
    out.writeLong(change.observedAt);
  }

  private static GenreChange read(ByteReader in) {
    return new GenreChange(in.readString(), readShare(in), readShare(in), in.readLong());
  }

  private static void writeShare(ByteWriter out, Share share) {
    out.writeByte(share == null ? 0 : 1);
    if (share != null) {
      out.writeString(share.name);
      out.writeLong(share.followers);
      out.writePopularity(share.popularity);
    }
  }

  private static Share readShare(ByteReader in) {
    return in.readByte() == 0
        ? null
        : new Share(in.readString(), in.readLong(), in.readPopularity());
  }
}
