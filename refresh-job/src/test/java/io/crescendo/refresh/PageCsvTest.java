package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageCsvTest {

  private static String csv(Object... row) {
    List<Column> columns =
        List.of(new Column("name", "varchar"), new Column("n", "bigint")).subList(0, row.length);
    PageDocument document =
        new PageDocument(
            "run-1",
            "q",
            "Q",
            "D",
            "SELECT",
            Map.of(),
            columns,
            List.of(Arrays.asList(row)),
            1,
            true,
            null);
    return PageCsv.of(document);
  }

  private static String cell(String name) {
    return csv(name).substring("\uFEFFname\r\n".length());
  }

  @Test
  void beginsWithAByteOrderMarkAndEndsLinesAsRfc4180Does() {
    assertThat(csv("A", 5L)).isEqualTo("\uFEFFname,n\r\nA,5\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+Plus", "-Wayne", "@fr4jola", "\tx", "'Til Tuesday", "\uFF1Dx"})
  void keepsASpreadsheetFromRunningAName(String name) {
    assertThat(cell(name).replace("\"", "")).startsWith("'" + name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`a,b`|`\"a,b\"`",
        "`a;b`|`\"a;b\"`",
        "`say \"x\"`|`\"say \"\"x\"\"\"`",
        "` a `|`\" a \"`",
        "`=HYPERLINK(\"x\")`|`\"'=HYPERLINK(\"\"x\"\")\"`"
      })
  void quotesWhatWouldEndACell(String name, String expected) {
    assertThat(cell(name)).isEqualTo(expected + "\r\n");
  }

  @Test
  void keepsALineBreakWithinItsCell() {
    assertThat(cell("a\nb")).isEqualTo("\"a\nb\"\r\n");
  }

  @Test
  void leavesNumbersAndWhatIsMissingAsTheyAre() {
    assertThat(csv(null, -5L)).endsWith("\r\n,-5\r\n");
  }
}
