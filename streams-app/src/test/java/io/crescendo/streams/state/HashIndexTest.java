package io.crescendo.streams.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class HashIndexTest {

  /** Keys by location, as a log has them. */
  private final Map<Long, Integer> log = new HashMap<>();

  private long last;

  @Property(tries = 500)
  void findsWhatAMapFinds(@ForAll long seed) {
    HashIndex index =
        new HashIndex((location, key) -> log.get(location) == ByteBuffer.wrap(key).getInt());
    Random random = new Random(seed);
    // From no two keys with the same hash to all of them, and places at the table's end as well.
    int hashes = 1 << random.nextInt(12);
    int keys = 1 + random.nextInt(300);
    Map<Integer, Long> model = new HashMap<>();
    for (int step = random.nextInt(2_000); step > 0; step--) {
      int key = random.nextInt(keys);
      long hash = hash(key, hashes);
      long known = model.getOrDefault(key, Location.NONE);
      switch (random.nextInt(4)) {
        case 0 -> {
          assertThat(index.remove(hash, bytes(key))).isEqualTo(known);
          model.remove(key);
        }
        case 1 -> {
          assertThat(index.has(hash, known)).isEqualTo(known != Location.NONE);
          if (known != Location.NONE) {
            long to = location(key);
            index.move(hash, known, to);
            model.put(key, to);
          }
        }
        default -> {
          long location = location(key);
          assertThat(index.put(hash, bytes(key), location)).isEqualTo(known);
          model.put(key, location);
        }
      }
    }
    assertThat(index.size()).isEqualTo(model.size());
    for (int key = 0; key < keys; key++) {
      assertThat(index.find(hash(key, hashes), bytes(key)))
          .isEqualTo(model.getOrDefault(key, Location.NONE));
    }
    Map<Integer, Long> listed = new HashMap<>();
    index.forEach(location -> listed.put(log.get(location), location));
    assertThat(listed).isEqualTo(model);
  }

  @Example
  void growsWithoutAskingTheLogForKeys() {
    HashIndex blind =
        new HashIndex(
            (location, key) -> {
              throw new AssertionError("asked for a key");
            });
    for (int key = 1; key <= 1_000_000; key++) {
      long hash = Long.reverse(key);
      assertThat(blind.put(hash, bytes(key), key)).isEqualTo(Location.NONE);
    }
    assertThat(blind.size()).isEqualTo(1_000_000);
  }

  private static long hash(int key, int hashes) {
    return -1L - ((long) (key % hashes) << Location.BITS);
  }

  private static byte[] bytes(int key) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(key).array();
  }

  private long location(int key) {
    last++;
    log.put(last, key);
    return last;
  }
}
