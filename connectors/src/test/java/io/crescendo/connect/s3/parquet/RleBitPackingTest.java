package io.crescendo.connect.s3.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.api.Test;

/** parquet-java is the oracle. */
class RleBitPackingTest {

  @Property(tries = 2_000)
  void readsAsWhatWasWritten(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 3_000) int count,
      @ForAll @IntRange(min = 0, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 40) int longestRun)
      throws IOException {
    check(numbers(seed, count, width, longestRun), width);
  }

  @Test
  void repeatsOneNumberOnce() {
    assertThat(RleBitPacking.encode(1, 1_000_000, i -> 1).size()).isEqualTo(4);
    assertThat(RleBitPacking.encode(0, 1_000_000, i -> 0).size()).isEqualTo(3);
    assertThat(RleBitPacking.encode(3, 0, i -> 0).size()).isZero();
  }

  @Property(tries = 200)
  void takesNoMoreThanParquetJavaDoes(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 16) int width,
      @ForAll @IntRange(min = 1, max = 40) int longestRun)
      throws IOException {
    int[] numbers = numbers(seed, 5_000, width, longestRun);
    try (RunLengthBitPackingHybridEncoder theirs =
        new RunLengthBitPackingHybridEncoder(
            width, 64, 64 * 1024, HeapByteBufferAllocator.getInstance())) {
      for (int number : numbers) {
        theirs.writeInt(number);
      }
      assertThat(RleBitPacking.encode(width, numbers.length, i -> numbers[i]).size())
          .isLessThanOrEqualTo(theirs.toBytes().size());
    }
  }

  private static int[] numbers(long seed, int count, int width, int longestRun) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] numbers = new int[count];
    for (int i = 0; i < count; ) {
      int number = random.nextInt(1 << width);
      for (int left = 1 + random.nextInt(longestRun); left > 0 && i < count; left--) {
        numbers[i++] = number;
      }
    }
    return numbers;
  }

  private static void check(int[] numbers, int width) throws IOException {
    BytesInput encoded = RleBitPacking.encode(width, numbers.length, i -> numbers[i]);
    RunLengthBitPackingHybridDecoder decoder =
        new RunLengthBitPackingHybridDecoder(
            width, new ByteArrayInputStream(encoded.toByteArray()));
    for (int i = 0; i < numbers.length; i++) {
      assertThat(decoder.readInt()).as("number %d", i).isEqualTo(numbers[i]);
    }
  }
}
