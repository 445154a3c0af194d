package io.crescendo.connect.s3.parquet;

import java.util.Arrays;

/**
 * The different values of a column chunk, numbered in the order in which they came. They lie behind
 * one another in PLAIN encoding, which is what a dictionary page holds.
 *
 * <p>A hash table with linear probing over one array of bytes: no object per value.
 */
final class ValueDictionary {

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  private static final int FIRST_VALUES = 8;
  private static final int FIRST_BYTES = 64;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int[] ends = new int[FIRST_VALUES];
  private int[] hashes = new int[FIRST_VALUES];
  private int count;

  /** Numbers of values plus one, by hash; at most half full. */
  private int[] slots = new int[2 * FIRST_VALUES];

  /** The number of the value that is encoded there; a new value gets the next number. */
  int number(byte[] source, int from, int length) {
    int hash = hash(source, from, length);
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      int number = slots[slot] - 1;
      if (hashes[number] == hash && equals(number, source, from, length)) {
        return number;
      }
      slot = (slot + 1) & mask;
    }
    add(source, from, length, hash);
    slots[slot] = count;
    if (2 * count > slots.length) {
      rehash();
    }
    return count - 1;
  }

  int count() {
    return count;
  }

  /** All values, of which the first {@link #end} of the last number count. */
  byte[] bytes() {
    return bytes;
  }

  int start(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  int end(int number) {
    return ends[number];
  }

  /** Bytes of all values. */
  int size() {
    return count == 0 ? 0 : ends[count - 1];
  }

  /** Heap that it takes, in bytes. */
  long allocated() {
    return bytes.length + (long) Integer.BYTES * (ends.length + hashes.length + slots.length);
  }

  private boolean equals(int number, byte[] source, int from, int length) {
    int start = start(number);
    if (end(number) - start != length) {
      return false;
    }
    int at = 0;
    for (; at <= length - Long.BYTES; at += Long.BYTES) {
      if ((long) LittleEndian.LONGS.get(bytes, start + at)
          != (long) LittleEndian.LONGS.get(source, from + at)) {
        return false;
      }
    }
    for (; at < length; at++) {
      if (bytes[start + at] != source[from + at]) {
        return false;
      }
    }
    return true;
  }

  private void add(byte[] source, int from, int length, int hash) {
    int start = size();
    if (bytes.length - start < length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, start + length));
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
      hashes = Arrays.copyOf(hashes, 2 * count);
    }
    System.arraycopy(source, from, bytes, start, length);
    ends[count] = start + length;
    hashes[count] = hash;
    count++;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int number = 0; number < count; number++) {
      int slot = hashes[number] & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = number + 1;
    }
  }

  private static int hash(byte[] source, int from, int length) {
    long hash = length * MULTIPLIER;
    int at = from;
    for (int wholes = length / Long.BYTES; wholes > 0; wholes--) {
      hash = mixed(hash ^ (long) LittleEndian.LONGS.get(source, at));
      at += Long.BYTES;
    }
    long rest = 0;
    if (from + length - at >= Integer.BYTES) {
      rest = (int) LittleEndian.INTS.get(source, at);
      at += Integer.BYTES;
    }
    for (; at < from + length; at++) {
      rest = rest << 8 | source[at] & 0xFF;
    }
    return (int) (mixed(hash ^ rest) >>> 32);
  }

  private static long mixed(long hash) {
    long product = hash * MULTIPLIER;
    return product ^ product >>> 29;
  }
}
