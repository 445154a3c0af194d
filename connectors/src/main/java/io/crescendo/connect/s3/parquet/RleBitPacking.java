package io.crescendo.connect.s3.parquet;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.apache.parquet.bytes.BytesInput;

/**
 * Numbers as runs of one value where it repeats, and as groups of eight packed bit by bit where it
 * does not.
 *
 * @see <a
 *     href="https://parquet.apache.org/docs/file-format/data-pages/encodings/#run-length-encoding--bit-packing-hybrid-rle--3">
 *     Parquet's RLE and bit-packing hybrid</a>
 */
final class RleBitPacking {

  private static final int GROUP = 8;
  private static final int FIRST_BYTES = 64;
  private static final int LONGEST_RUN = 10;

  private final int width;
  private final int count;
  private final IntUnaryOperator number;
  private byte[] out = new byte[FIRST_BYTES];
  private int length;

  private RleBitPacking(int width, int count, IntUnaryOperator number) {
    this.width = width;
    this.count = count;
    this.number = number;
  }

  /**
   * Encodes numbers.
   *
   * @param width bits of the largest
   * @param count how many there are
   * @param number each of them, by its index
   */
  static BytesInput encode(int width, int count, IntUnaryOperator number) {
    RleBitPacking encoder = new RleBitPacking(width, count, number);
    encoder.encode();
    return BytesInput.from(encoder.out, 0, encoder.length);
  }

  private void encode() {
    int packed = 0; // where numbers begin that are not written yet, and are to be packed
    int at = 0;
    while (at < count) {
      int value = number.applyAsInt(at);
      int end = at + 1;
      while (end < count && number.applyAsInt(end) == value) {
        end++;
      }
      int filled = packed + (at - packed + GROUP - 1) / GROUP * GROUP; // end of the last group
      if (end - filled >= GROUP) {
        pack(packed, filled);
        repeat(value, end - filled);
        packed = end;
      }
      at = end;
    }
    pack(packed, count);
  }

  private void repeat(int value, int times) {
    room(LONGEST_RUN);
    header(times << 1);
    for (int bits = 0; bits < width; bits += Byte.SIZE) {
      out[length++] = (byte) (value >>> bits);
    }
  }

  /** Packs numbers; the last group, which may not be full, ends with zeros. */
  private void pack(int from, int to) {
    if (from == to) {
      return;
    }
    int groups = (to - from + GROUP - 1) / GROUP;
    room(LONGEST_RUN + groups * width);
    header(groups << 1 | 1);
    int end = length + groups * width;
    long bits = 0;
    int waiting = 0;
    for (int i = from; i < to; i++) {
      bits |= (long) number.applyAsInt(i) << waiting;
      waiting += width;
      while (waiting >= Byte.SIZE) {
        out[length++] = (byte) bits;
        bits >>>= Byte.SIZE;
        waiting -= Byte.SIZE;
      }
    }
    if (waiting > 0) {
      out[length++] = (byte) bits;
    }
    Arrays.fill(out, length, end, (byte) 0);
    length = end;
  }

  private void header(int value) {
    int left = value;
    while (left >= 0x80) {
      out[length++] = (byte) (left | 0x80);
      left >>>= 7;
    }
    out[length++] = (byte) left;
  }

  private void room(int bytes) {
    if (out.length - length < bytes) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, length + bytes));
    }
  }
}
