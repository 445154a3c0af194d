package io.crescendo.connect.s3.parquet;

/**
 * Checks UTF-8.
 *
 * @see <a href="https://www.unicode.org/versions/Unicode15.0.0/ch03.pdf">Unicode, table 3-7:
 *     well-formed sequences</a>
 */
final class Utf8 {

  private static final long NEGATIVES = 0x8080808080808080L;
  private static final int CONTINUATION = 0x80;
  private static final int CONTINUATION_MASK = 0xC0;

  private Utf8() {}

  /** Index of the first byte of a sequence that is not well-formed, or -1. */
  static int firstWrong(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      // Most text is ASCII, of which eight bytes at a time need no look.
      if (at <= to - Long.BYTES && ((long) LittleEndian.LONGS.get(bytes, at) & NEGATIVES) == 0) {
        at += Long.BYTES;
        continue;
      }
      int length = length(bytes, at, to);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return -1;
  }

  /** Bytes of the sequence that begins there; 0 if it is wrong. */
  private static int length(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (first < 0xC2 || first > 0xF4 || length > to - at) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes[at + i] & CONTINUATION_MASK) != CONTINUATION) {
        return 0;
      }
    }
    return length;
  }
}
