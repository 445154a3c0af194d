package io.crescendo.streams;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what {@link ByteWriter} wrote. Bytes that end too early throw IndexOutOfBoundsException.
 */
final class ByteReader {

  private final byte[] bytes;
  private int at;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean atEnd() {
    return at == bytes.length;
  }

  int readByte() {
    return bytes[at++];
  }

  long readLong() {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[at++];
      value |= (long) (next & 0x7F) << shift;
      shift += 7;
    } while (next < 0);
    return (value >>> 1) ^ -(value & 1);
  }

  byte[] readBytes() {
    int length = (int) readLong();
    if (length < 0) {
      return null;
    }
    checkLength(length);
    byte[] value = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return value;
  }

  String readString() {
    int length = (int) readLong();
    if (length < 0) {
      return null;
    }
    checkLength(length);
    String value = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return value;
  }

  List<String> readStrings() {
    int count = (int) readLong();
    if (count == 0) {
      return List.of();
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(readString());
    }
    return List.copyOf(values);
  }

  Integer readPopularity() {
    int value = (int) readLong();
    return value < 0 ? null : value;
  }

  private void checkLength(int length) {
    if (length > bytes.length - at) {
      throw new IndexOutOfBoundsException(
          "%s bytes announced, %s left".formatted(length, bytes.length - at));
    }
  }
}
