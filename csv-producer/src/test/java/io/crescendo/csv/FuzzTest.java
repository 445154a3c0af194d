package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdOutputStream;
import com.sun.management.ThreadMXBean;
import io.crescendo.schemas.Reason;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, the parsers answer, soon, and without an exception that is not theirs. */
class FuzzTest {

  @Property(tries = 300)
  void readsOrRefusesAnyBytes(@ForAll("files") byte[] bytes) throws IOException {
    read(bytes);
  }

  @Property(tries = 100)
  void readsWhatIsPackedAsIfItWereNot(@ForAll("files") byte[] bytes) throws IOException {
    List<String> plain = read(bytes);
    for (byte[] packed :
        List.of(pack(bytes, GZIPOutputStream::new), pack(bytes, ZstdOutputStream::new))) {
      assertThat(read(packed)).isEqualTo(plain);
      byte[] cut = Arrays.copyOf(packed, packed.length / 2 + 2);
      try {
        read(cut);
      } catch (IOException e) {
        assertThat(e)
            .isInstanceOfAny(EOFException.class, ZipException.class, ZstdIOException.class);
      }
    }
  }

  @Property
  void answersAnyCell(@ForAll("cells") String cell) {
    assertThat(GenreCell.parse(cell)).isNotNull();
    GenreCell.one(cell);
    String number = FollowerCell.number(cell);
    if (WholeNumber.isOne(number)) {
      assertThat(WholeNumber.parse(number)).isNotNull();
    }
    assertThat(HeaderCell.normal(cell)).doesNotContain(" ");
    assertThatCode(() -> ObservationTime.parse(cell)).doesNotThrowAnyException();
    assertThat(ArtistId.fromName(cell)).hasSize(25);
    assertThat(ArtistId.in(cell)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{", "{'total':", "a,", "\"", "[\"", "('", "1,234", ";|", "{\"a\","})
  @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
  void answersCellsAsLongAsARowMayBe(String piece) {
    String cell = piece.repeat(RecordReader.MAX_BYTES / piece.length());
    assertThat(GenreCell.parse(cell)).isNotNull();
    assertThat(FollowerCell.number(cell)).isEqualTo(cell);
    assertThat(ColumnContent.looksLikeFollowerTotals(List.of(cell))).isFalse();
    assertThat(ColumnContent.looksLikeIds(List.of(cell))).isFalse();
  }

  @Test
  @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
  void needsNoMoreMemoryForAFileWithoutEnd() throws IOException {
    byte[] line = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
    StandardInput endless =
        new StandardInput(
            new java.io.SequenceInputStream(
                new java.io.ByteArrayInputStream(
                    "id,name,genres,followers\n".getBytes(StandardCharsets.UTF_8)),
                new java.io.InputStream() {
                  private int left = 4_000; // 256 MB in one line

                  @Override
                  public int read() {
                    return left-- > 0 ? 'x' : -1;
                  }

                  @Override
                  public int read(byte[] target, int offset, int length) {
                    if (left-- <= 0) {
                      return -1;
                    }
                    int count = Math.min(length, line.length);
                    System.arraycopy(line, 0, target, offset, count);
                    return count;
                  }
                }),
            "stdin:1",
            TextSource.OBSERVED_AT);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    int rows = 0;
    try (ArtistFileReader reader = ArtistFileReader.open(endless)) {
      while (reader.next()) {
        rows++;
        assertThat(reader.rejection().reason()).isEqualTo(Reason.TOO_LONG);
      }
    }
    assertThat(rows).isEqualTo(1);
    // Heap would hide it: what is not kept could still have been made.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64L << 20);
  }

  @Provide
  Arbitrary<byte[]> files() {
    Arbitrary<Byte> common =
        Arbitraries.of('"', ',', ';', '\t', '\n', '\r', '[', ']', '\'', '1', 'a', '\0', '|', '{')
            .map(c -> (byte) (char) c);
    Arbitrary<byte[]> noise =
        Arbitraries.oneOf(common, Arbitraries.bytes()).array(byte[].class).ofMaxSize(400);
    Arbitrary<String> headers =
        Arbitraries.of(
            "",
            "id,name,genres,followers\n",
            "\uFEFFid;name;genres;followers\r\n",
            "id\tname\tgenre_1\tgenre_2\tfollowers\tobserved_at\n",
            "sep=|\n");
    return net.jqwik.api.Combinators.combine(headers, noise)
        .as(
            (header, rest) -> {
              byte[] start = header.getBytes(StandardCharsets.UTF_8);
              byte[] file = java.util.Arrays.copyOf(start, start.length + rest.length);
              System.arraycopy(rest, 0, file, start.length, rest.length);
              return file;
            });
  }

  @Provide
  Arbitrary<String> cells() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(60),
        Arbitraries.strings()
            .withChars("[]{}()'\"\\,;|:u0123456789.-+eE TZtoalNone\u00A0")
            .ofMaxLength(60));
  }

  /** What became of each row; why the file was refused, if it was. */
  private static List<String> read(byte[] bytes) throws IOException {
    List<String> read = new ArrayList<>();
    Source source = new BytesSource("fuzz.csv", bytes);
    try (ArtistFileReader rows = ArtistFileReader.open(source)) {
      while (rows.next()) {
        assertThat(rows.artist() == null).isNotEqualTo(rows.rejection() == null);
        read.add(rows.artist() == null ? rows.rejection().message() : rows.artist().toString());
      }
    } catch (UnusableSourceException e) {
      assertThat(e.getMessage()).startsWith("fuzz.csv:").contains("nothing was published");
      read.add(e.getMessage());
    }
    return read;
  }

  /** Wraps a stream in one that packs. */
  private interface Packer {
    OutputStream around(OutputStream out) throws IOException;
  }

  private static byte[] pack(byte[] bytes, Packer packer) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = packer.around(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
