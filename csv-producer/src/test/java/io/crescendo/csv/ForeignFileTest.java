package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignFileTest {

  @ParameterizedTest
  @CsvSource({
    "D0CF11E0A1B11AE1, an old workbook (.xls) or document, save the sheet as CSV",
    "504152311504, a Parquet file, write its rows as CSV",
    "4F626A010416, an Avro file, write its rows as CSV",
    "4152524F57310000, an Arrow or Feather file, write its rows as CSV",
    "53514C69746520666F726D6174203300, an SQLite database, write its rows as CSV",
    "377ABCAF271C0004, a 7z archive, unpack it",
    "526172211A0700, a rar archive, unpack it",
    "255044462D312E37, a PDF document, get its table as CSV",
  })
  void saysWhatABinaryFileIsAlsoWhereItIsPacked(String beginning, String what, String advice)
      throws IOException {
    byte[] bytes = HexFormat.of().parseHex(beginning);
    String refusal =
        "a.csv: is %s, a file of rows is needed; %s first; nothing was published"
            .formatted(what, advice);
    assertRefused(bytes, refusal);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    assertRefused(packed.toByteArray(), refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"a\",\"name\":\"A\",\"genres\":[],\"followers\":1}\n",
        "{\n  \"artists\": []\n}\n",
        "{}\n",
        "[\n  {\"id\": \"a\"}\n]\n",
        "[[\"id\", \"name\"], [\"a\", \"A\"]]",
        "[\"id\", \"name\"]\n",
        "[]",
      })
  void saysThatJsonGoesToTheTopic(String json) {
    String refusal =
        "a.csv: is JSON, a file of rows is needed; save it as CSV first, or send its artists to"
            + " artist-updates, one object per line, with a Kafka client such as"
            + " kafka-console-producer; nothing was published";
    assertRefused(json.getBytes(StandardCharsets.UTF_8), refusal);
    assertRefused(("\uFEFF" + json).getBytes(StandardCharsets.UTF_8), refusal);
    assertRefused(("\uFEFF" + json).getBytes(StandardCharsets.UTF_16LE), refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><html><body>not found</body></html>",
        "\n<html><table><tr><td>id</td></tr></table></html>",
        "<?xml version=\"1.0\"?><Workbook/>",
      })
  void saysThatAPageOrASheetOfXmlIsNoFileOfRows(String markup) {
    assertRefused(
        markup.getBytes(StandardCharsets.UTF_8),
        "a.csv: is HTML or XML, a file of rows is needed; save the table as CSV first;"
            + " nothing was published");
  }

  @Test
  void takesHeadersThatOnlyBeginAlike() {
    for (String index : new String[] {"[n]", "{n}", "<n>", "PAR", "%", "\"[\"\"x\"\"]\""}) {
      String csv = index + ",id,name,genres,followers\n0,a,A,[],1\n";
      assertThatCode(
              () ->
                  ArtistFileReader.open(
                          new BytesSource("a.csv", csv.getBytes(StandardCharsets.UTF_8)))
                      .close())
          .as(index)
          .doesNotThrowAnyException();
    }
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> ArtistFileReader.open(new BytesSource("a.csv", bytes)).close())
        .isInstanceOf(UnusableSourceException.class)
        .hasMessage(message);
  }
}
