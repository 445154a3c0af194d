package io.crescendo.connect.s3.parquet;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads Avro's binary encoding from an array.
 *
 * @see <a
 *     href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">specification</a>
 */
final class AvroCursor {

  private final byte[] bytes;
  private int position;
  private int lastBranch;

  AvroCursor(byte[] bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  int remaining() {
    return bytes.length - position;
  }

  boolean readBoolean() {
    require(1);
    byte value = bytes[position++];
    if (value != 0 && value != 1) {
      throw new BadRowException("", "must be a boolean of 0 or 1, got the byte " + value);
    }
    return value == 1;
  }

  int readInt() {
    long value = readLong();
    if (value != (int) value) {
      throw new BadRowException("", "must fit an int, got " + value);
    }
    return (int) value;
  }

  /** The branch of a union. */
  int readBranch() {
    lastBranch = readInt();
    return lastBranch;
  }

  /** The branch read last. */
  int lastBranch() {
    return lastBranch;
  }

  long readLong() {
    // Most numbers take one byte, and what is small is compiled where it is called.
    if (position < bytes.length && bytes[position] >= 0) {
      int value = bytes[position++];
      return (value >>> 1) ^ -(value & 1);
    }
    return readLongOfAnyLength();
  }

  private long readLongOfAnyLength() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      require(1);
      byte b = bytes[position++];
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new BadRowException("", "must be a number of at most 10 bytes, got more");
  }

  float readFloat() {
    require(Float.BYTES);
    float value = Float.intBitsToFloat((int) LittleEndian.INTS.get(bytes, position));
    position += Float.BYTES;
    return value;
  }

  double readDouble() {
    require(Double.BYTES);
    double value = Double.longBitsToDouble((long) LittleEndian.LONGS.get(bytes, position));
    position += Double.BYTES;
    return value;
  }

  /** Writes the next bytes to a column. */
  void copyBytes(int length, ColumnChunks out) {
    require(length);
    out.addBytes(bytes, position, length);
    position += length;
  }

  /** Writes bytes that come with their length to a column. */
  void copyBytes(ColumnChunks out) {
    copyBytes(readLength(), out);
  }

  String readString() {
    int length = readLength();
    require(length);
    String value = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return value;
  }

  /** A number of so many bytes, big-endian, in two's complement. */
  BigInteger readInteger(int length) {
    require(length);
    BigInteger value = new BigInteger(bytes, position, length);
    position += length;
    return value;
  }

  void skip(int length) {
    require(length);
    position += length;
  }

  void skipBytes() {
    skip(readLength());
  }

  /**
   * @throws BadRowException if it is no UTF-8: readers of a file refuse the column for one such
   *     text
   */
  void skipText() {
    int length = readLength();
    int wrong = Utf8.firstWrong(bytes, position, position + length);
    if (wrong >= 0) {
      throw new BadRowException(
          "",
          String.format(
              Locale.ROOT,
              "must be text in UTF-8, got the byte %02X at %s of %s",
              bytes[wrong],
              wrong - position,
              length));
    }
    position += length;
  }

  /** How many bytes follow, of which so many are there. */
  int readLength() {
    long length = readLong();
    if (length < 0 || length > remaining()) {
      throw new BadRowException(
          "", "must have the %s bytes it states, got %s".formatted(length, remaining()));
    }
    return (int) length;
  }

  /** Number of items in the next block of an array or map; 0 after the last. */
  long readBlock() {
    long count = readLong();
    if (count < 0) {
      readLength(); // size of the block, for readers that skip it whole
      count = -count;
    }
    if (count < 0) {
      throw new BadRowException("", "must have a number of items, got " + count);
    }
    return count;
  }

  private void require(int length) {
    if (length > bytes.length - position) {
      throw new BadRowException(
          "", "must not end early; %s bytes are left of %s".formatted(remaining(), length));
    }
  }
}
