package io.crescendo.connect.s3.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.parquet.io.PositionOutputStream;
import org.junit.jupiter.api.Test;

class MemoryFileTest {

  @Property(tries = 200)
  void givesBackAnyPartOfWhatWasWritten(
      @ForAll @IntRange(max = 3_000_000) int length,
      @ForAll @IntRange(min = 1, max = 200_000) int step,
      @ForAll @IntRange(min = 1, max = 4) int kept,
      @ForAll @IntRange(max = 100) int from,
      @ForAll @IntRange(max = 100) int to)
      throws IOException {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + i / 257);
    }
    MemoryFile file = new MemoryFile();
    try (PositionOutputStream out = file.create(0)) {
      for (int i = 0; i < length; i += step) {
        assertThat(out.getPos()).isEqualTo(i);
        int end = Math.min(length, i + step);
        if (i / step % kept == 0) {
          byte[] page = Arrays.copyOfRange(bytes, i, end);
          file.keepNext(page);
          out.write(page);
        } else {
          out.write(bytes, i, end - i);
        }
      }
    }
    assertThat(file.length()).isEqualTo(length);
    int start = (int) ((long) length * Math.min(from, to) / 100);
    int end = (int) ((long) length * Math.max(from, to) / 100);
    try (InputStream in = file.open(start, end)) {
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, start, end));
    }
  }

  @Test
  void copiesAnArrayThatWasNotHandedOver() throws IOException {
    byte[] page = new byte[100_000];
    byte[] other = new byte[100_000];
    MemoryFile file = new MemoryFile();
    try (PositionOutputStream out = file.create(0)) {
      file.keepNext(page);
      out.write(other);
      out.write(page, 0, 50_000);
    }
    Arrays.fill(other, (byte) 1);
    Arrays.fill(page, (byte) 2);
    try (InputStream in = file.open(0, file.length())) {
      assertThat(in.readAllBytes()).isEqualTo(new byte[150_000]);
    }
  }
}
