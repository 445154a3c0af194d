package io.crescendo.streams;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;

/**
 * What an artist gives to some genres from now on, and what it gave. Both: with what it gives
 * alone, whoever adds up must look up what it gave; with the difference alone, a change could not
 * be read again.
 *
 * @param artist artist id
 * @param name its name; null where it leaves the genres
 * @param before what it gave to each of them; null where it joins them
 * @param after what it gives to each of them; null where it leaves them
 * @param genres one or more
 * @param observedAt time of the observation, milliseconds since the epoch
 */
record GenreChange(
    String artist, String name, Share before, Share after, List<String> genres, long observedAt) {

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
            .map(part -> new GenreChange(artist, name, before, after, part, observedAt))
            .toList();
  }

  static Serde<GenreChange> serde() {
    return new BinarySerde<>("genre change", 3, GenreChange::write, GenreChange::read);
  }

  private static void write(ByteWriter out, GenreChange change) {
    out.writeString(change.artist);
    out.writeString(change.name);
    writeShare(out, change.before);
    writeShare(out, change.after);
    out.writeStrings(change.genres);
    out.writeLong(change.observedAt);
  }

  private static GenreChange read(ByteReader in) {
    return new GenreChange(
        in.readString(),
        in.readString(),
        readShare(in),
        readShare(in),
        in.readStrings(),
        in.readLong());
  }

  private static void writeShare(ByteWriter out, Share share) {
    out.writeByte(share == null ? 0 : 1);
    if (share != null) {
      out.writeLong(share.followers);
      out.writePopularity(share.popularity);
    }
  }

  private static Share readShare(ByteReader in) {
    return in.readByte() == 0 ? null : new Share(in.readLong(), in.readPopularity());
  }
}
