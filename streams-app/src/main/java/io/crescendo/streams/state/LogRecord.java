package io.crescendo.streams.state;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The form of a record in a segment; integers are big-endian.
 *
 * <pre>
 * offset  bytes
 *      0      4  CRC32C of all that follows, without the padding
 *      4      4  length of the key
 *      8      4  length of the value; -1: the key was deleted
 *     12         key, value
 *                zeros up to a multiple of 8 bytes
 * </pre>
 */
final class LogRecord {

  /** Records begin at multiples of this, bytes. */
  static final int ALIGNMENT = 8;

  private static final int DELETED = -1;
  private static final int KEY_LENGTH = 4;
  private static final int VALUE_LENGTH = 8;
  private static final int KEY = 12;

  private LogRecord() {}

  /**
   * Bytes that a record takes.
   *
   * @param value null for a deletion
   * @throws ArithmeticException if a segment cannot hold as much
   */
  static int size(byte[] key, byte[] value) {
    return Math.toIntExact(size(key.length, value == null ? DELETED : value.length));
  }

  private static long size(long key, long value) {
    return (KEY + key + Math.max(value, 0) + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /** Bytes that the record at an offset takes. */
  static int size(ByteBuffer segment, int at) {
    return (int) size(segment.getInt(at + KEY_LENGTH), segment.getInt(at + VALUE_LENGTH));
  }

  /**
   * Writes a record.
   *
   * @param segment in heap
   * @param value null for a deletion
   */
  static void write(ByteBuffer segment, int at, byte[] key, byte[] value) {
    segment.putInt(at + KEY_LENGTH, key.length);
    segment.putInt(at + VALUE_LENGTH, value == null ? DELETED : value.length);
    segment.put(at + KEY, key);
    int end = at + KEY + key.length;
    if (value != null) {
      segment.put(end, value);
      end += value.length;
    }
    CRC32C crc = new CRC32C();
    crc.update(segment.array(), segment.arrayOffset() + at + KEY_LENGTH, end - at - KEY_LENGTH);
    segment.putInt(at, (int) crc.getValue());
    while (end % ALIGNMENT != 0) {
      segment.put(end++, (byte) 0);
    }
  }

  /** Whether there is a record at an offset, as it was written. */
  static boolean isWhole(ByteBuffer segment, int at, int end) {
    if (end - at < KEY) {
      return false;
    }
    int key = segment.getInt(at + KEY_LENGTH);
    int value = segment.getInt(at + VALUE_LENGTH);
    if (key < 0 || value < DELETED || size(key, value) > end - at) {
      return false;
    }
    CRC32C crc = new CRC32C();
    crc.update(segment.slice(at + KEY_LENGTH, KEY - KEY_LENGTH + key + Math.max(value, 0)));
    return (int) crc.getValue() == segment.getInt(at);
  }

  static boolean isDeletion(ByteBuffer segment, int at) {
    return segment.getInt(at + VALUE_LENGTH) == DELETED;
  }

  static byte[] key(ByteBuffer segment, int at) {
    byte[] key = new byte[segment.getInt(at + KEY_LENGTH)];
    segment.get(at + KEY, key);
    return key;
  }

  /** The value of a record that is no deletion. */
  static byte[] value(ByteBuffer segment, int at) {
    byte[] value = new byte[segment.getInt(at + VALUE_LENGTH)];
    segment.get(at + KEY + segment.getInt(at + KEY_LENGTH), value);
    return value;
  }

  static boolean hasKey(ByteBuffer segment, int at, byte[] key) {
    if (segment.getInt(at + KEY_LENGTH) != key.length) {
      return false;
    }
    int i = 0;
    for (; i + Long.BYTES <= key.length; i += Long.BYTES) {
      if (segment.getLong(at + KEY + i) != (long) KeyHash.WORDS.get(key, i)) {
        return false;
      }
    }
    for (; i < key.length; i++) {
      if (segment.get(at + KEY + i) != key[i]) {
        return false;
      }
    }
    return true;
  }
}
