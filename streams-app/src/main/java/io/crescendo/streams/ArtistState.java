package io.crescendo.streams;

import java.util.List;
import org.apache.kafka.common.serialization.Serde;

/**
 * What the app knows of an artist: the newest observation, and how it came there.
 *
 * @param name name in the newest observation
 * @param genres genres in the newest observation
 * @param followers followers in the newest observation
 * @param popularity popularity in the newest observation; null where not stated
 * @param observedAt time of the newest observation, milliseconds since the epoch
 * @param firstSeenAt time of the first accepted observation
 * @param updates how many updates were accepted, late ones included
 * @param deletedAt when the app learnt that the artist is gone, by its clock; {@value #PRESENT} for
 *     an artist that is there. The other fields stay, so that a late update does not bring it back
 * @see #deletedUnseen
 */
record ArtistState(
    String name,
    List<String> genres,
    long followers,
    Integer popularity,
    long observedAt,
    long firstSeenAt,
    long updates,
    long deletedAt) {

  static final long PRESENT = -1;

  /**
   * Of an artist that nothing is known of but that it is gone. Its figures may still be on their
   * way through another partition; where they are not newer, they are late.
   */
  static ArtistState deletedUnseen(long observedAt, long updates, long firstSeenAt, long now) {
    return new ArtistState(null, List.of(), 0, null, observedAt, firstSeenAt, updates, now);
  }

  /** Whether an observation that was not late told its figures. */
  boolean seen() {
    return name != null;
  }

  boolean deleted() {
    return deletedAt != PRESENT;
  }

  /** After a late update, observed at the given time. */
  ArtistState withOneMoreUpdate(long at) {
    long first = updates == 0 ? at : firstSeenAt;
    return new ArtistState(
        name, genres, followers, popularity, observedAt, first, updates + 1, deletedAt);
  }

  static Serde<ArtistState> serde() {
    return new BinarySerde<>("artist state", 1, ArtistState::write, ArtistState::read);
  }

  private static void write(ByteWriter out, ArtistState state) {
    out.writeString(state.name);
    out.writeStrings(state.genres);
    out.writeLong(state.followers);
    out.writePopularity(state.popularity);
    out.writeLong(state.observedAt);
    out.writeLong(state.firstSeenAt);
    out.writeLong(state.updates);
    out.writeLong(state.deletedAt);
  }

  private static ArtistState read(ByteReader in) {
    return new ArtistState(
        in.readString(),
        in.readStrings(),
        in.readLong(),
        in.readPopularity(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong());
  }
}
