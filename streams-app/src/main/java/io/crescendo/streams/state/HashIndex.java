package io.crescendo.streams.state;

import java.util.function.LongConsumer;

/**
 * Tells where in the log the newest record of each key is: open addressing with linear probing.
 *
 * <p>A slot is a long, 0 where it is free: the upper 25 bits of the key's hash, and a {@link
 * Location}. The hash's uppermost bits are the slot's place in the table too, so that growing and
 * deleting (by shifting back what follows, so that there are no slots of deleted keys) read no key
 * from the log, and a lookup reads another key than its own only where all 25 bits agree.
 *
 * <p>At most 70 % of the slots are taken and, unless keys were deleted, at least 35 %: 11.4 to 22.9
 * bytes of heap per key, half as much again while the table doubles. It never shrinks.
 */
final class HashIndex {

  private static final int SMALLEST_BITS = 4;
  private static final double MAX_LOAD = 0.7;
  private static final long HASH_MASK = ~Location.MASK;

  /** Compares keys in the log. */
  interface Keys {

    boolean isAt(long location, byte[] key);
  }

  private final Keys keys;
  private long[] slots;
  private int shift;
  private int size;

  HashIndex(Keys keys) {
    this.keys = keys;
    allocate(SMALLEST_BITS);
  }

  private void allocate(int bits) {
    slots = new long[1 << bits];
    shift = Long.SIZE - bits;
  }

  /** How many keys there are. */
  int size() {
    return size;
  }

  /** Location of a key's record; {@link Location#NONE} if there is none. */
  long find(long hash, byte[] key) {
    return slots[slotOf(hash, key)] & Location.MASK;
  }

  /** Sets the location of a key's record, and gives the one before or {@link Location#NONE}. */
  long put(long hash, byte[] key, long location) {
    int at = slotOf(hash, key);
    long before = slots[at] & Location.MASK;
    if (before == Location.NONE && size + 1 > MAX_LOAD * slots.length) {
      grow();
      at = slotOf(hash, key);
    }
    slots[at] = (hash & HASH_MASK) | location;
    size += before == Location.NONE ? 1 : 0;
    return before;
  }

  /** Forgets a key, and gives the location of its record or {@link Location#NONE}. */
  long remove(long hash, byte[] key) {
    int at = slotOf(hash, key);
    long before = slots[at] & Location.MASK;
    if (before != Location.NONE) {
      free(at);
      size--;
    }
    return before;
  }

  /** Whether a location is that of a key with this hash. */
  boolean has(long hash, long location) {
    return slots[slotOf((hash & HASH_MASK) | location)] != 0;
  }

  /** Moves a key, whatever it is, from a location that {@link #has} to another one. */
  void move(long hash, long from, long to) {
    slots[slotOf((hash & HASH_MASK) | from)] = (hash & HASH_MASK) | to;
  }

  void forEach(LongConsumer location) {
    for (long slot : slots) {
      if (slot != 0) {
        location.accept(slot & Location.MASK);
      }
    }
  }

  /** The slot of a key, or the free one where it would be. */
  private int slotOf(long hash, byte[] key) {
    int at = home(hash);
    while (slots[at] != 0
        && (((slots[at] ^ hash) & HASH_MASK) != 0 || !keys.isAt(slots[at] & Location.MASK, key))) {
      at = next(at);
    }
    return at;
  }

  /** The place of a slot with this content, or a free one. */
  private int slotOf(long content) {
    int at = home(content);
    while (slots[at] != 0 && slots[at] != content) {
      at = next(at);
    }
    return at;
  }

  private int home(long hash) {
    // Of a table with more than 2^25 slots, this is every second, fourth, … one.
    return (int) ((hash & HASH_MASK) >>> shift);
  }

  private int next(int at) {
    return (at + 1) & (slots.length - 1);
  }

  private void free(int freed) {
    int hole = freed;
    for (int at = next(hole); slots[at] != 0; at = next(at)) {
      int fromHome = (at - home(slots[at])) & (slots.length - 1);
      int fromHole = (at - hole) & (slots.length - 1);
      if (fromHome >= fromHole) {
        slots[hole] = slots[at];
        hole = at;
      }
    }
    slots[hole] = 0;
  }

  private void grow() {
    long[] before = slots;
    allocate(Long.SIZE - shift + 1);
    for (long slot : before) {
      if (slot != 0) {
        slots[slotOf(slot)] = slot;
      }
    }
  }
}
