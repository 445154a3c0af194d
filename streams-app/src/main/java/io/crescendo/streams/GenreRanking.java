package io.crescendo.streams;

import io.crescendo.streams.GenreChange.Share;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * All artists of every genre, with what they give to it.
 *
 * <p>Store keys are genre in UTF-8, {@code 00}, artist id in UTF-8; values are the version of the
 * form, followers in eight bytes big-endian, popularity in one ({@code -1} where none is stated),
 * name in UTF-8. So a change of an artist is one put, wherever it moves to. (With the followers in
 * the key, the store itself would be sorted, but every change would be a deletion as well.) The
 * first places are selected by a look at all artists of a genre.
 */
final class GenreRanking {

  private static final byte END_OF_GENRE = 0;
  private static final byte FORM = 1;
  private static final byte NOT_STATED = -1;
  private static final int FOLLOWERS = 1;
  private static final int POPULARITY = FOLLOWERS + Long.BYTES;
  private static final int NAME = POPULARITY + 1;
  private static final ByteArraySerializer AS_IS = new ByteArraySerializer();

  private final KeyValueStore<Bytes, byte[]> store;

  GenreRanking(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /**
   * One place in the ranking. Most followers come first; among equals, the smaller id as UTF-8
   * bytes.
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
              artist.getBytes(StandardCharsets.UTF_8),
              other.artist.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * What the ranking has of an artist in a genre.
   *
   * @param share null where nothing
   * @param same whether a change says just that
   */
  record Known(Share share, boolean same) {}

  /** What is known of a change's artist in one of its genres. */
  Known known(String genre, GenreChange change) {
    byte[] value = store.get(key(genre, change.artist()));
    return new Known(value == null ? null : share(value), Arrays.equals(value, value(change)));
  }

  /** Enters a change of an artist in one of its genres. */
  void enter(String genre, GenreChange change) {
    // Not delete where the artist leaves: that looks the value up which it returns.
    store.put(key(genre, change.artist()), value(change));
  }

  /** The first places of a genre, at most so many. */
  List<Place> top(String genre, int places) {
    return top(store, genre, places);
  }

  static List<Place> top(ReadOnlyKeyValueStore<Bytes, byte[]> store, String genre, int places) {
    byte[] prefix = prefix(genre, 0).array();
    PriorityQueue<Place> lastFirst = new PriorityQueue<>(Collections.reverseOrder());
    try (KeyValueIterator<Bytes, byte[]> rows = store.prefixScan(prefix, AS_IS)) {
      while (rows.hasNext()) {
        KeyValue<Bytes, byte[]> row = rows.next();
        boolean full = lastFirst.size() == places;
        if (full && followers(row.value) < lastFirst.element().followers()) {
          continue;
        }
        lastFirst.add(place(prefix.length, row));
        if (full) {
          lastFirst.remove();
        }
      }
    }
    List<Place> top = new ArrayList<>(lastFirst);
    Collections.sort(top);
    return top;
  }

  private static Share share(byte[] value) {
    long followers = followers(value);
    byte popularity = value[POPULARITY];
    return new Share(followers, popularity == NOT_STATED ? null : (Integer) (int) popularity);
  }

  private static long followers(byte[] value) {
    BinarySerde.requireForm("place", GenreProcessor.RANKING, value[0], FORM);
    return ByteBuffer.wrap(value).getLong(FOLLOWERS);
  }

  private static Place place(int prefixLength, KeyValue<Bytes, byte[]> row) {
    byte[] key = row.key.get();
    byte[] value = row.value;
    return new Place(
        new String(key, prefixLength, key.length - prefixLength, StandardCharsets.UTF_8),
        new String(value, NAME, value.length - NAME, StandardCharsets.UTF_8),
        followers(value));
  }

  private static Bytes key(String genre, String artist) {
    byte[] id = artist.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(prefix(genre, id.length).put(id).array());
  }

  private static ByteBuffer prefix(String genre, int more) {
    byte[] name = genre.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(name.length + 1 + more).put(name).put(END_OF_GENRE);
  }

  /** Null where the artist leaves the genre. */
  private static byte[] value(GenreChange change) {
    Share share = change.after();
    if (share == null) {
      return null;
    }
    byte[] text = change.name().getBytes(StandardCharsets.UTF_8);
    Integer popularity = share.popularity();
    return ByteBuffer.allocate(NAME + text.length)
        .put(FORM)
        .putLong(share.followers())
        .put(popularity == null ? NOT_STATED : popularity.byteValue())
        .put(text)
        .array();
  }
}
