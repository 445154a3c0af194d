package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CellsTest {

  @Property(tries = 2_000)
  void areThoseThatALibraryFinds(
      @ForAll("files") byte[] file, @ForAll @IntRange(min = 1, max = 500) int chunk)
      throws IOException {
    for (char separator : new char[] {',', ';'}) {
      RecordReader records = new RecordReader(slow(file, chunk), separator);
      LibraryCells library = new LibraryCells(separator);
      while (records.next()) {
        String text = new String(records.bytes(), StandardCharsets.UTF_8);
        assertThat(ours(records, separator)).isEqualTo(of(library, text, records.ending()));
        assertThat(records.text()).isEqualTo(text);
        boolean ascii = text.chars().allMatch(c -> c < 128);
        assertThat(ascii || !records.isAscii()).isTrue();
        assertThat(text.indexOf('\0') < 0 || records.hasNul()).isTrue();
      }
    }
  }

  @Test
  void areAsManyAsALineHolds() throws IOException {
    byte[] line = ",".repeat(RecordReader.MAX_BYTES - 1).getBytes(StandardCharsets.UTF_8);
    RecordReader records = new RecordReader(new ByteArrayInputStream(line), ',');
    assertThat(records.next()).isTrue();
    assertThat(records.cells().count()).isEqualTo(RecordReader.MAX_BYTES);
  }

  @Provide
  Arbitrary<byte[]> files() {
    Arbitrary<Byte> common =
        Arbitraries.of('"', '"', ',', ',', ';', '\n', '\r', 'a', 'b', '\0', ' ', '#')
            .map(c -> (byte) (char) c);
    Arbitrary<byte[]> mess =
        Arbitraries.oneOf(common, Arbitraries.bytes()).array(byte[].class).ofMaxSize(300);
    Arbitrary<byte[]> rows =
        Arbitraries.of(
                "a", "", "\"b\"", "\"\"", "\"c\"\"d\"", "\"e,f\"", "\"g\nh\"", "\u00e9", "\"x\"y")
            .list()
            .ofMinSize(1)
            .ofMaxSize(6)
            .map(cells -> String.join(",", cells))
            .list()
            .ofMaxSize(30)
            .map(lines -> String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8));
    return Arbitraries.oneOf(mess, rows);
  }

  private static Object ours(RecordReader records, char separator) {
    try {
      RecordRules.requireCells(records, separator);
      return records.cells().toList();
    } catch (RuleBrokenException e) {
      return e.getMessage();
    }
  }

  private static Object of(LibraryCells library, String text, RecordReader.Ending ending) {
    try {
      return List.of(library.of(text, ending));
    } catch (RuleBrokenException e) {
      return e.getMessage();
    }
  }

  private static InputStream slow(byte[] bytes, int chunk) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(chunk, length));
      }
    };
  }
}
