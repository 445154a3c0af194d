package io.crescendo.csv;

/**
 * Remembers ids and what was said of them, in 12 bytes each: a 64-bit hash of the id and a 32-bit
 * one of the rest, so that an answer can be wrong, but hardly ever is. Open addressing with linear
 * probing.
 */
final class SeenIds {

  /** Ids that are remembered; those beyond are taken for new. */
  static final int MAX = 4_000_000;

  /** What is known of an id. */
  enum Answer {
    NEW,
    SAME,
    DIFFERENT
  }

  private long[] ids = new long[1 << 12];
  private int[] contents = new int[ids.length];
  private int size;

  /** Remembers an id, unless it is known. */
  Answer add(String id, int content) {
    long hash = hash(id);
    int slot = slotOf(hash);
    if (ids[slot] == hash) {
      return contents[slot] == content ? Answer.SAME : Answer.DIFFERENT;
    }
    if (isFull()) {
      return Answer.NEW;
    }
    ids[slot] = hash;
    contents[slot] = content;
    size++;
    if (size > ids.length / 2) {
      grow();
    }
    return Answer.NEW;
  }

  boolean isFull() {
    return size >= MAX;
  }

  private int slotOf(long hash) {
    int slot = (int) (hash ^ (hash >>> 32)) & (ids.length - 1);
    while (ids[slot] != 0 && ids[slot] != hash) {
      slot = (slot + 1) & (ids.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] oldIds = ids;
    int[] oldContents = contents;
    ids = new long[oldIds.length * 2];
    contents = new int[ids.length];
    for (int i = 0; i < oldIds.length; i++) {
      if (oldIds[i] != 0) {
        int slot = slotOf(oldIds[i]);
        ids[slot] = oldIds[i];
        contents[slot] = oldContents[i];
      }
    }
  }

  /** Never 0, which stands for an empty slot. */
  private static long hash(String id) {
    long hash = 0xCBF29CE484222325L; // FNV-1a, then the finalizer of SplitMix64 to spread it
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001B3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
    hash ^= hash >>> 31;
    return hash == 0 ? 1 : hash;
  }
}
