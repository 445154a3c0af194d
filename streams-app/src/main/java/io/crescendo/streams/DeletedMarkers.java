package io.crescendo.streams;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Deleted artists by the time of their deletion, so that the old ones are found without a look at
 * every artist. Store keys: time in eight bytes big-endian, artist id; values are empty.
 */
final class DeletedMarkers {

  private static final byte[] NOTHING = {};
  private static final Duration MOST_OFTEN = Duration.ofMinutes(10);

  private final KeyValueStore<Bytes, byte[]> store;

  DeletedMarkers(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** How often to purge: every ten minutes, or as often as the horizon where that is shorter. */
  static Duration purgeInterval(Duration horizon) {
    return horizon.compareTo(MOST_OFTEN) < 0 ? horizon : MOST_OFTEN;
  }

  void add(Bytes id, long time) {
    store.put(key(time, id.get()), NOTHING);
  }

  /**
   * Removes the oldest markers not newer than a time, after telling of each one's artist and time.
   *
   * @param most how many, so that a transaction stays within bounds
   * @return whether some may be left
   */
  boolean removeUpTo(long time, int most, ObjLongConsumer<Bytes> removed) {
    if (time < 0) {
      return false;
    }
    List<Bytes> old = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> rows = store.range(null, key(time + 1, NOTHING))) {
      while (rows.hasNext() && old.size() < most) {
        old.add(rows.next().key);
      }
    }
    for (Bytes key : old) {
      ByteBuffer parts = ByteBuffer.wrap(key.get());
      long markedAt = parts.getLong();
      byte[] id = new byte[parts.remaining()];
      parts.get(id);
      removed.accept(Bytes.wrap(id), markedAt);
      // Not delete, which looks the value up that it returns.
      store.put(key, null);
    }
    return old.size() == most;
  }

  private static Bytes key(long time, byte[] id) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + id.length).putLong(time).put(id).array());
  }
}
