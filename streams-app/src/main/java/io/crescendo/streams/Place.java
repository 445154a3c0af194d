package io.crescendo.streams;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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
    int byFollowers = Long.compare(other.followers, followers);
    return byFollowers != 0
        ? byFollowers
        : Arrays.compareUnsigned(
            artist.getBytes(StandardCharsets.UTF_8), other.artist.getBytes(StandardCharsets.UTF_8));
  }

  /** The first of two, either of which may be null where there is none. */
  static Place first(Place one, Place other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }
}
