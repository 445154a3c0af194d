package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CompressionTest {

  /** Wraps a stream in one that packs. */
  private interface Packer {
    OutputStream around(OutputStream out) throws IOException;
  }

  @Property(tries = 100)
  void givesBackWhatWasPacked(
      @ForAll @Size(max = 5) byte[][] pieces, @ForAll @IntRange(min = 1, max = 40) int chunk)
      throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    plain.writeBytes(new byte[] {'i'}); // else a piece could look as if it were packed itself
    for (byte[] piece : pieces) {
      plain.writeBytes(piece);
    }
    byte[][] parts = Arrays.copyOf(pieces, pieces.length + 1);
    System.arraycopy(pieces, 0, parts, 1, pieces.length);
    parts[0] = new byte[] {'i'};
    for (Packer packer : new Packer[] {GZIPOutputStream::new, ZstdOutputStream::new}) {
      byte[] packed = pack(packer, parts);
      assertThat(unpack(new ByteArrayInputStream(packed))).isEqualTo(plain.toByteArray());
      assertThat(unpack(slow(packed, chunk))).isEqualTo(plain.toByteArray());
    }
  }

  @Test
  void saysWhenAPackedFileIsCutOff() throws IOException {
    byte[] text = "id,name,genres,followers\n".repeat(9_000).getBytes(StandardCharsets.UTF_8);
    for (Packer packer : new Packer[] {GZIPOutputStream::new, ZstdOutputStream::new}) {
      byte[] packed = pack(packer, text);
      byte[] cut = Arrays.copyOf(packed, packed.length / 2);
      assertThatThrownBy(() -> unpack(new ByteArrayInputStream(cut)))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesWhatIsPackedMoreThanOnce() throws IOException {
    byte[] text = "id,name,genres,followers\n".getBytes(StandardCharsets.UTF_8);
    byte[] inGzip = pack(GZIPOutputStream::new, pack(ZstdOutputStream::new, text));
    byte[] inZstd = pack(ZstdOutputStream::new, new byte[] {'P', 'K', 3, 4});
    assertThatThrownBy(() -> unpack(new ByteArrayInputStream(inGzip)))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessage(
            "a.csv: is zstd inside gzip, one of which is not unpacked; unpack it first;"
                + " nothing was published");
    assertThatThrownBy(() -> unpack(new ByteArrayInputStream(inZstd)))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessageStartingWith("a.csv: is zip inside zstd");
  }

  @Test
  void saysHowAWorkbookWhichIsAZipBecomesAFileOfRows() {
    byte[] workbook = {'P', 'K', 3, 4, 20, 0};
    assertThatThrownBy(() -> unpack(new ByteArrayInputStream(workbook)))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessage(
            "a.csv: is a zip archive or a workbook (.xlsx, .ods), a file of rows is needed; unpack"
                + " the archive, or save the workbook as CSV, first; nothing was published");
  }

  @Test
  void saysWhenAMemberOfAFileIsDamaged() throws IOException {
    byte[] text = "id,name,genres,followers\n".getBytes(StandardCharsets.UTF_8);
    byte[] one = pack(GZIPOutputStream::new, text);
    byte[] two = pack(GZIPOutputStream::new, text, text);
    for (int damaged = 0; damaged < 3; damaged++) { // magic and method; other bytes may be anything
      two[one.length + damaged] ^= 0x55;
      assertThatThrownBy(() -> unpack(slow(two, 7))).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> unpack(new ByteArrayInputStream(two)))
          .isInstanceOf(IOException.class);
      two[one.length + damaged] ^= 0x55;
    }
    byte[] cut = Arrays.copyOf(two, one.length + 5);
    assertThatThrownBy(() -> unpack(new ByteArrayInputStream(cut))).isInstanceOf(IOException.class);
  }

  @Test
  void takesZerosBehindAFileForPadding() throws IOException {
    byte[] text = "id,name,genres,followers\n".getBytes(StandardCharsets.UTF_8);
    byte[] one = pack(GZIPOutputStream::new, text);
    byte[] padded = Arrays.copyOf(one, one.length + 100_000);

    assertThat(unpack(new ByteArrayInputStream(padded))).isEqualTo(text);
  }

  @Test
  void refusesOtherPackings() {
    byte[] bzip2 = "BZh91AY&SY".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> unpack(new ByteArrayInputStream(bzip2)))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessage(
            "a.csv: is packed with bzip2, which is not unpacked, only gzip and zstd are; unpack it first;"
                + " nothing was published");
    byte[] xz = {(byte) 0xFD, '7', 'z', 'X', 'Z', 0};
    assertThatThrownBy(() -> unpack(new ByteArrayInputStream(xz)))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessageStartingWith("a.csv: is packed with xz");
  }

  private static byte[] pack(Packer packer, byte[]... members) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (byte[] member : members) {
      try (OutputStream out = packer.around(packed)) {
        out.write(member);
      }
    }
    return packed.toByteArray();
  }

  /** As a network gives it: in pieces, and never sure that there is more. */
  private static InputStream slow(byte[] bytes, int chunk) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(chunk, length));
      }

      @Override
      public int available() {
        return 0;
      }
    };
  }

  private static byte[] unpack(InputStream packed) throws IOException {
    return Compression.open("a.csv", packed).in().readAllBytes();
  }
}
