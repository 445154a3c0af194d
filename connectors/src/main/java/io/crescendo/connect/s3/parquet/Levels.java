package io.crescendo.connect.s3.parquet;

import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.Encoding;

/** The repetition or definition levels of a page. */
final class Levels {

  private static final int FIRST_LEVELS = 16;

  private final int highest;
  private byte[] levels;

  /**
   * @param highest the highest level of the column; where it is 0, all are, and nothing is kept
   */
  Levels(int highest) {
    if (highest > Byte.MAX_VALUE) {
      throw new IllegalArgumentException(
          "A column must be at most %s levels deep, got %s".formatted(Byte.MAX_VALUE, highest));
    }
    this.highest = highest;
    this.levels = new byte[highest == 0 ? 0 : FIRST_LEVELS];
  }

  void set(int index, int level) {
    if (highest == 0) {
      return;
    }
    if (index == levels.length) {
      levels = Arrays.copyOf(levels, 2 * index);
    }
    levels[index] = (byte) level;
  }

  /** The first levels, as a page begins with them. */
  BytesInput encoded(int count) {
    if (highest == 0) {
      return BytesInput.empty();
    }
    BytesInput encoded = RleBitPacking.encode(width(highest), count, i -> levels[i]);
    return BytesInput.concat(BytesInput.fromInt(Math.toIntExact(encoded.size())), encoded);
  }

  /** How {@link #encoded} encodes, for the page's header. */
  @SuppressWarnings("deprecation") // what parquet-java states, too, of levels that are not there
  Encoding encoding() {
    return highest == 0 ? Encoding.BIT_PACKED : Encoding.RLE;
  }

  long allocated() {
    return levels.length;
  }

  /** Bits that numbers up to this one need. */
  static int width(int highest) {
    return BytesUtils.getWidthFromMaxInt(highest);
  }
}
