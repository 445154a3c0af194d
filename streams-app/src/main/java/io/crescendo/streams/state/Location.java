package io.crescendo.streams.state;

/**
 * Where a record lies in the log, in the lower {@value #BITS} bits of a long: 20 bits of its
 * segment's sequence, and 19 of its offset in units of {@link LogRecord#ALIGNMENT}. A log of 2^20
 * segments (4 TiB of the largest) is more than any heap could index, so that 20 bits tell its
 * segments apart.
 *
 * <p>No record lies at 0, for there is the segment's header.
 */
final class Location {

  static final int BITS = 39;
  static final long MASK = (1L << BITS) - 1;

  /** No location. */
  static final long NONE = 0;

  /** Records begin below this offset; only one that is a segment of its own goes beyond. */
  static final int MAX_SEGMENT_BYTES = 4 << 20;

  private static final int OFFSET_BITS = 19;
  private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;
  private static final long SEQUENCE_MASK = MASK >>> OFFSET_BITS;

  private Location() {}

  /**
   * @param sequence of the segment
   * @param offset in it, bytes
   */
  static long of(long sequence, int offset) {
    return ((sequence & SEQUENCE_MASK) << OFFSET_BITS) | (offset / LogRecord.ALIGNMENT);
  }

  /** Offset in the segment, bytes. */
  static int offset(long location) {
    return (int) (location & OFFSET_MASK) * LogRecord.ALIGNMENT;
  }

  /** How many segments the one of a location comes after the given one. */
  static int segmentsAfter(long sequence, long location) {
    return (int) (((location >>> OFFSET_BITS) - sequence) & SEQUENCE_MASK);
  }
}
