package io.crescendo.streams.state;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The form of the head of a segment; integers are big-endian.
 *
 * <pre>
 * offset  bytes
 *      0      4  CRC32C of the 12 bytes that follow
 *      4      4  "LOG1", the version of the form
 *      8      8  sequence of the segment where the log began when this one was begun
 * </pre>
 */
final class SegmentHeader {

  static final int BYTES = 16;

  private static final int FORM = 0x4C4F4731;
  private static final int FORM_AT = 4;
  private static final int START_AT = 8;

  private SegmentHeader() {}

  static void write(ByteBuffer segment, long start) {
    segment.putInt(FORM_AT, FORM);
    segment.putLong(START_AT, start);
    segment.putInt(0, crc(segment));
  }

  /** Whether bytes begin as a segment. */
  static boolean isAt(ByteBuffer bytes) {
    return bytes.capacity() >= BYTES
        && bytes.getInt(FORM_AT) == FORM
        && bytes.getInt(0) == crc(bytes);
  }

  /** Sequence of the segment where the log began. */
  static long start(ByteBuffer segment) {
    return segment.getLong(START_AT);
  }

  private static int crc(ByteBuffer segment) {
    CRC32C crc = new CRC32C();
    crc.update(segment.slice(FORM_AT, BYTES - FORM_AT));
    return (int) crc.getValue();
  }
}
