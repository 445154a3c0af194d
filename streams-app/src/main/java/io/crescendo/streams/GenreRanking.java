package io.crescendo.streams;

import io.crescendo.streams.GenreChange.Share;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * All artists of every genre, most followers first.
 *
 * <p>Store keys sort that way as bytes: genre in UTF-8, {@code 00}, {@code Long.MAX_VALUE -
 * followers} in eight bytes big-endian, artist id in UTF-8. Among equals the smaller id (as UTF-8
 * bytes) comes first. Values are names. Unlike a list of the best n, it stays exact when artists
 * leave or fall.
 */
final class GenreRanking {

  private static final byte END_OF_GENRE = 0;
  private static final ByteArraySerializer AS_IS = new ByteArraySerializer();

  private final KeyValueStore<Bytes, byte[]> store;

  GenreRanking(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /**
   * One place in the ranking.
   *
   * @param artist artist id
   * @param name its name
   * @param followers its followers
   */
  record Place(String artist, String name, long followers) {}

  void apply(String genre, GenreChange change) {
    byte[] prefix = prefix(genre);
    Share before = change.before();
    Share after = change.after();
    boolean moves = before != null && (after == null || after.followers() != before.followers());
    if (moves) {
      store.delete(key(prefix, before.followers(), change.artist()));
    }
    if (after != null && (before == null || moves || !after.name().equals(before.name()))) {
      store.put(
          key(prefix, after.followers(), change.artist()),
          after.name().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The first places of a genre, at most so many. */
  List<Place> top(String genre, int places) {
    return top(store, genre, places);
  }

  static List<Place> top(ReadOnlyKeyValueStore<Bytes, byte[]> store, String genre, int places) {
    byte[] prefix = prefix(genre);
    List<Place> top = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> rows = store.prefixScan(prefix, AS_IS)) {
      while (top.size() < places && rows.hasNext()) {
        top.add(place(prefix.length, rows.next()));
      }
    }
    return top;
  }

  private static Place place(int prefixLength, KeyValue<Bytes, byte[]> row) {
    byte[] key = row.key.get();
    long followers = Long.MAX_VALUE - ByteBuffer.wrap(key, prefixLength, Long.BYTES).getLong();
    int id = prefixLength + Long.BYTES;
    return new Place(
        new String(key, id, key.length - id, StandardCharsets.UTF_8),
        new String(row.value, StandardCharsets.UTF_8),
        followers);
  }

  private static byte[] prefix(String genre) {
    byte[] name = genre.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(name.length + 1).put(name).put(END_OF_GENRE).array();
  }

  private static Bytes key(byte[] prefix, long followers, String artist) {
    byte[] id = artist.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(prefix.length + Long.BYTES + id.length)
            .put(prefix)
            .putLong(Long.MAX_VALUE - followers)
            .put(id)
            .array());
  }
}
