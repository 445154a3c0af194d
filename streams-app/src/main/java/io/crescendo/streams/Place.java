package io.crescendo.streams;

import io.crescendo.streams.GenreIndex.Rank;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * One place in the ranking of a genre. Most followers come first; among equals, the smaller id as
 * UTF-8 bytes.
 *
 * @param artist artist id
 * @param name its name
 * @param followers its followers
 */
record Place(String artist, String name, long followers) implements Comparable<Place> {

  @Override
  public int compareTo(Place other) {
    return rank().compareTo(other.rank());
  }

  private Rank rank() {
    return new Rank(Bytes.wrap(artist.getBytes(StandardCharsets.UTF_8)), followers);
  }

  static Place of(Bytes id, String name, long followers) {
    return new Place(new String(id.get(), StandardCharsets.UTF_8), name, followers);
  }

  /** The first of two, either of which may be null where there is none. */
  static Place first(Place one, Place other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }
}
