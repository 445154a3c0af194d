package io.crescendo.streams;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;

/**
 * What an artist gives to some genres from now on. Not by how much that changes them: read again
 * from any offset to the end, changes lead to where they led before.
 *
 * @param artist artist id
 * @param name its name; null where it leaves the genres
 * @param share what it gives to each of them; null where it leaves them
 * @param genres one or more
 * @param observedAt time of the observation, milliseconds since the epoch
 */
record GenreChange(String artist, String name, Share share, List<String> genres, long observedAt) {

  /**
   * What an artist gives to each of its genres.
   *
   * @param followers its followers
   * @param popularity 0 to 100; null where not stated
   */
  record Share(long followers, Integer popularity) {}

  /** The genre by whose partition it travels. */
  byte[] key() {
    return genres.get(0).getBytes(StandardCharsets.UTF_8);
  }

  /** The same, in as few changes as there are partitions that the genres lie on. */
  List<GenreChange> byPartition(HomePartition home) {
    if (genres.size() == 1) {
      return List.of(this);
    }
    Map<Integer, List<String>> parts = new TreeMap<>();
    for (String genre : genres) {
      int partition = home.of(genre.getBytes(StandardCharsets.UTF_8));
      parts.computeIfAbsent(partition, p -> new ArrayList<>()).add(genre);
    }
    return parts.size() == 1
        ? List.of(this)
        : parts.values().stream()
            .map(part -> new GenreChange(artist, name, share, part, observedAt))
            .toList();
  }

  static Serde<GenreChange> serde() {
    return new BinarySerde<>("genre change", 2, GenreChange::write, GenreChange::read);
  }

  private static void write(ByteWriter out, GenreChange change) {
    out.writeString(change.artist);
    out.writeString(change.name);
    if (change.name != null) {
      out.writeLong(change.share.followers);
      out.writePopularity(change.share.popularity);
    }
    out.writeStrings(change.genres);
    out.writeLong(change.observedAt);
  }

  private static GenreChange read(ByteReader in) {
    String artist = in.readString();
    String name = in.readString();
    Share share = name == null ? null : new Share(in.readLong(), in.readPopularity());
    return new GenreChange(artist, name, share, in.readStrings(), in.readLong());
  }
}
