package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

  @Test
  void numbersRecordsByTheLineThatTheyStartOn() throws IOException {
    assertThat(read("a,b\n\"x\ny\",1\n\nz,2\n")).containsExactly("1 a,b", "2 \"x\ny\",1", "5 z,2");
  }

  @Test
  void takesEveryKindOfLineBreak() throws IOException {
    assertThat(read("a\r\nb\rc\nd")).containsExactly("1 a", "2 b", "3 c", "4 d");
    assertThat(read("\"a\r\nb\rc\"\r\nd")).containsExactly("1 \"a\r\nb\rc\"", "4 d");
  }

  @Test
  void passesOverAByteOrderMark() throws IOException {
    assertThat(read("\uFEFFid\nx\n")).containsExactly("1 id", "2 x");
    assertThat(read("\uFEFF")).isEmpty();
    assertThat(read("")).isEmpty();
  }

  @Test
  void seesAQuoteInTheMiddleOfACellAsText() throws IOException {
    assertThat(read("a\"b,c\nd\n")).containsExactly("1 a\"b,c", "2 d");
    assertThat(read("\"a\"b\"c\nd\n")).containsExactly("1 \"a\"b\"c", "2 d");
    assertThat(read("\"a\"\"\nb\",c\nd")).containsExactly("1 \"a\"\"\nb\",c", "3 d");
  }

  @Test
  void givesTheRestOfTheFileItsOwnLinesAfterAQuoteThatNeverCloses() throws IOException {
    assertThat(read("\"a\nb\nc")).containsExactly("1 OPEN_QUOTE \"a", "2 b", "3 c");
    assertThat(read("x\n\"")).containsExactly("1 x", "2 OPEN_QUOTE \"");
  }

  @Test
  void endsARecordThatSpansTooManyLines() throws IOException {
    String manyLines = "line\n".repeat(RecordReader.MAX_LINES);
    List<String> read = read("\"" + manyLines + "\"\nlast\n");
    assertThat(read).startsWith("1 OPEN_QUOTE \"line", "2 line");
    assertThat(read).hasSize(RecordReader.MAX_LINES + 2);
    assertThat(read).endsWith((RecordReader.MAX_LINES + 2) + " last");
  }

  @Test
  void keepsARecordThatSpansAsManyLinesAsItMay() throws IOException {
    String record = "\"" + "x\n".repeat(RecordReader.MAX_LINES - 1) + "\"";
    assertThat(read(record + "\nb\n"))
        .containsExactly("1 " + record, RecordReader.MAX_LINES + 1 + " b");
  }

  @Test
  void dropsTheRestOfALineThatIsTooLong() throws IOException {
    String tooLong = "y".repeat(20 * RecordReader.MAX_BYTES);
    assertThat(read("a\n" + tooLong + "\nb\n"))
        .containsExactly(
            "1 a", "2 TOO_LONG " + tooLong.substring(0, RecordReader.MAX_BYTES), "3 b");
    assertThat(read(tooLong)).hasSize(1);
  }

  @Test
  void keepsALineThatIsAsLongAsItMayBe() throws IOException {
    String line = "y".repeat(RecordReader.MAX_BYTES - 1);
    assertThat(read(line + "\nb")).containsExactly("1 " + line, "2 b");
  }

  @Test
  void readsOnAtTheSecondLineWhenAskedToKeepTheFirst() throws IOException {
    RecordReader records = reader("\"a\r\nb\",c\nd\n");
    assertThat(records.next()).isTrue();
    assertThat(records.spansLines()).isTrue();
    records.keepFirstLine();
    assertThat(text(records)).isEqualTo("\"a");
    assertThat(records.spansLines()).isFalse();
    assertThat(records.next()).isTrue();
    assertThat(records.line()).isEqualTo(2);
    assertThat(text(records)).isEqualTo("b\",c");
    assertThat(records.next()).isTrue();
    assertThat(records.line()).isEqualTo(3);
  }

  @Test
  void countsEveryByteOfALongFile() throws IOException {
    String line = "0123456789abcde\n";
    int lines = 300_000;
    RecordReader records = reader(line.repeat(lines));
    for (int i = 1; i <= lines; i++) {
      assertThat(records.next()).isTrue();
      if (i % 50_000 == 0) {
        assertThat(records.position()).isEqualTo((long) i * line.length());
        assertThat(records.line()).isEqualTo(i);
      }
    }
    assertThat(records.next()).isFalse();
  }

  @Property(tries = 300)
  void findsTheRecordsThatAWriterWrote(@ForAll("tables") List<List<String>> table)
      throws IOException {
    List<String> written = new ArrayList<>();
    StringBuilder file = new StringBuilder();
    long line = 1;
    for (List<String> row : table) {
      StringWriter text = new StringWriter();
      try (CsvWriter csv = CsvWriter.builder().build(text)) {
        csv.writeRecord(row);
      }
      file.append(text);
      String record = text.toString().substring(0, text.toString().length() - 2);
      if (!record.isEmpty()) {
        written.add(line + " " + record);
      }
      line += record.lines().count() + (record.isEmpty() ? 1 : 0);
    }
    assertThat(read(file.toString())).isEqualTo(written);
  }

  @Property(tries = 300)
  void givesTheSameRecordsHoweverTheBytesArrive(
      @ForAll("damage") String text, @ForAll @IntRange(min = 1, max = 5) int chunk)
      throws IOException {
    InputStream slow =
        new FilterInputStream(new ByteArrayInputStream(utf8(text))) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return super.read(target, offset, Math.min(chunk, length));
          }
        };
    assertThat(read(new RecordReader(slow, ','))).isEqualTo(read(text));
  }

  @Property(tries = 300)
  void givesEveryByteThatIsNoLineBreakExactlyOnce(@ForAll("damage") String text)
      throws IOException {
    StringBuilder all = new StringBuilder();
    RecordReader records = reader(text);
    while (records.next()) {
      all.append(text(records));
    }
    assertThat(all.toString().replaceAll("[\r\n]", "")).isEqualTo(text.replaceAll("[\r\n]", ""));
  }

  @Provide
  Arbitrary<String> damage() {
    return Arbitraries.strings().withChars("\"\"\",,ab\n\r\n").ofMaxLength(400);
  }

  @Provide
  Arbitrary<List<List<String>>> tables() {
    // At least two cells: a row of one empty cell is an empty line, which readers pass over.
    return Arbitraries.strings()
        .withChars("ab,\"é \n")
        .ofMaxLength(12)
        .list()
        .ofMinSize(2)
        .ofMaxSize(4)
        .list()
        .ofMaxSize(20);
  }

  private static List<String> read(String text) throws IOException {
    return read(reader(text));
  }

  private static List<String> read(RecordReader records) throws IOException {
    List<String> read = new ArrayList<>();
    while (records.next()) {
      boolean whole = records.ending() == RecordReader.Ending.WHOLE;
      read.add(records.line() + " " + (whole ? "" : records.ending() + " ") + text(records));
    }
    return read;
  }

  private static RecordReader reader(String text) {
    return new RecordReader(new ByteArrayInputStream(utf8(text)), ',');
  }

  private static String text(RecordReader records) {
    return new String(records.bytes(), StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
