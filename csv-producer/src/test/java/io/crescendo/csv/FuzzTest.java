package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.crescendo.schemas.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, the parsers answer, soon, and without an exception that is not theirs. */
class FuzzTest {

  @Property(tries = 300)
  void readsOrRefusesAnyBytes(@ForAll("files") byte[] bytes) throws IOException {
    read(bytes);
  }

  @Property(tries = 100)
  void readsOrRefusesWhatIsPackedOrPretendsToBe(@ForAll("files") byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    read(packed.toByteArray());
    byte[] cut = java.util.Arrays.copyOf(packed.toByteArray(), packed.size() / 2 + 2);
    try {
      read(cut);
    } catch (IOException e) {
      assertThat(e).isInstanceOfAny(java.io.EOFException.class, java.util.zip.ZipException.class);
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
  @Timeout(20)
  void answersCellsAsLongAsARowMayBe(String piece) {
    String cell = piece.repeat(RecordReader.MAX_BYTES / piece.length());
    assertThat(GenreCell.parse(cell)).isNotNull();
    assertThat(FollowerCell.number(cell)).isEqualTo(cell);
    assertThat(ColumnContent.looksLikeFollowerTotals(java.util.List.of(cell))).isFalse();
    assertThat(ColumnContent.looksLikeIds(java.util.List.of(cell))).isFalse();
  }

  @Test
  @Timeout(30)
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
    int rows = 0;
    long begun = System.nanoTime();
    try (ArtistFileReader reader = ArtistFileReader.open(endless)) {
      while (reader.next()) {
        rows++;
        assertThat(reader.rejection().reason()).isEqualTo(Reason.TOO_LONG);
      }
    }
    assertThat(rows).isEqualTo(1);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
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

  private static void read(byte[] bytes) throws IOException {
    Source source = new BytesSource("fuzz.csv", bytes);
    try (ArtistFileReader rows = ArtistFileReader.open(source)) {
      while (rows.next()) {
        assertThat(rows.artist() == null).isNotEqualTo(rows.rejection() == null);
      }
    } catch (UnusableSourceException e) {
      assertThat(e.getMessage()).startsWith("fuzz.csv:").contains("nothing was published");
    }
  }
}
