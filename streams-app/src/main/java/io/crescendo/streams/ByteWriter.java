package io.crescendo.streams;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the binary form of internal records: whole numbers as zigzag varints (as in Avro), strings
 * as UTF-8 behind their length. Absent values are written as the length or flag -1 or 0, see each
 * method.
 */
final class ByteWriter {

  private byte[] bytes = new byte[128];
  private int size;

  void writeByte(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  void writeLong(long value) {
    room(10);
    long left = (value << 1) ^ (value >> 63);
    while ((left & ~0x7FL) != 0) {
      bytes[size++] = (byte) ((left & 0x7F) | 0x80);
      left >>>= 7;
    }
    bytes[size++] = (byte) left;
  }

  /** Null is length -1. */
  void writeBytes(byte[] value) {
    if (value == null) {
      writeLong(-1);
      return;
    }
    writeLong(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  void writeString(String value) {
    writeBytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  void writeStrings(List<String> values) {
    writeLong(values.size());
    values.forEach(this::writeString);
  }

  /** A popularity is 0 to 100, or absent: -1. */
  void writePopularity(Integer value) {
    writeLong(value == null ? -1 : value);
  }

  /** Forgets what was written, for the next use. */
  void clear() {
    size = 0;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
