package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultFormatTest {

  private static final QueryResult RESULT =
      new QueryResult(
          List.of(
              new Column("name", "varchar"),
              new Column("n", "bigint"),
              new Column("share", "double"),
              new Column("at", "timestamp(3)"),
              new Column("raw", "varbinary"),
              new Column("genres", "array(varchar)")),
          List.of(
              Arrays.asList(
                  "say \"hi\", x\u001b[2J",
                  12L,
                  1.0E7,
                  Instant.parse("2026-11-22T10:00:00Z"),
                  new byte[] {'o', 'k'},
                  List.of("pop", "r&b")),
              Arrays.asList(null, 3456L, 0.25, null, new byte[] {(byte) 0xff}, null)),
          true);

  private static String print(ResultFormat format) {
    return print(format, RESULT);
  }

  private static String print(ResultFormat format, QueryResult result) {
    StringWriter out = new StringWriter();
    format.print(result, new PrintWriter(out));
    return out.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void alignsATableAndDefusesControlCharacters() {
    assertThat(print(ResultFormat.table))
        .isEqualTo(
            """
            name                n     share  at                    raw   genres
            ---------------  ----  --------  --------------------  ----  ----------
            say "hi", x·[2J    12  10000000  2026-11-22T10:00:00Z  ok    [pop, r&b]
                             3456      0.25                        0xff
            (2 rows)
            """);
  }

  @Test
  void quotesCsv() {
    assertThat(print(ResultFormat.csv))
        .isEqualTo(
            "name,n,share,at,raw,genres\r\n"
                + "\"say \"\"hi\"\", x\u001b[2J\",12,10000000,2026-11-22T10:00:00Z,ok,\"[pop, r&b]\"\r\n"
                + ",3456,0.25,,0xff,\r\n");
  }

  @Test
  void writesOneJsonObjectPerLine() {
    assertThat(print(ResultFormat.json).lines())
        .containsExactly(
            "{\"name\":\"say \\\"hi\\\", x\\u001B[2J\",\"n\":12,\"share\":1.0E7,"
                + "\"at\":\"2026-11-22T10:00:00Z\",\"raw\":\"ok\",\"genres\":[\"pop\",\"r&b\"]}",
            "{\"name\":null,\"n\":3456,\"share\":0.25,\"at\":null,\"raw\":\"0xff\",\"genres\":null}");
  }

  @Test
  void losesNoColumnOfAJoinWhoseNamesAreTheSame() {
    QueryResult joined =
        new QueryResult(
            List.of("followers", "followers", "followers_1", "followers").stream()
                .map(name -> new Column(name, "bigint"))
                .toList(),
            List.of(List.of(1L, 2L, 3L, 4L)),
            true);

    assertThat(print(ResultFormat.json, joined))
        .isEqualTo("{\"followers\":1,\"followers_2\":2,\"followers_1\":3,\"followers_3\":4}\n");
  }

  @Test
  void writesDecimalsWithoutExponent() {
    QueryResult small =
        new QueryResult(
            List.of(new Column("share", "decimal(20,10)")),
            List.of(List.of(new BigDecimal("0.0000000000"))),
            true);

    assertThat(print(ResultFormat.csv, small)).isEqualTo("share\r\n0.0000000000\r\n");
  }

  @Test
  void defusesWhatMovesACursorOrTurnsTheDirection() {
    String name = "a\u009b2Jb\u007fc\u0085d\u202ee\u2028f \u061c\u00e9 \ud83d\ude00";
    QueryResult result =
        new QueryResult(List.of(new Column("w", "varchar")), List.of(List.of(name)), true);
    QueryResult named = new QueryResult(List.of(new Column(name, "varchar")), List.of(), true);
    StringWriter header = new StringWriter();
    StringWriter table = new StringWriter();
    StringWriter json = new StringWriter();

    ResultFormat.table.print(named, new PrintWriter(header));
    ResultFormat.table.print(result, new PrintWriter(table));
    ResultFormat.json.print(result, new PrintWriter(json));

    assertThat(table.toString().lines().skip(2)).first().asString().startsWith("a·2Jb·c·d·e·f ·é");
    assertThat(header.toString()).startsWith("a·2Jb·c·d·e·f ·é");
    assertThat(json.toString().strip())
        .isEqualTo(
            "{\"w\":\"a\\u009b2Jb\\u007fc\\u0085d\\u202ee\\u2028f \\u061c\u00e9 \ud83d\ude00\"}");
    assertThat(Json.read(json.toString(), java.util.Map.class)).containsEntry("w", name);
  }

  @Test
  void cutsCellsThatAreTooWide() {
    QueryResult wide =
        new QueryResult(
            List.of(new Column("w", "varchar")), List.of(List.of("x".repeat(200))), true);
    StringWriter out = new StringWriter();
    ResultFormat.table.print(wide, new PrintWriter(out));

    assertThat(out.toString().lines().skip(2).findFirst().orElseThrow())
        .isEqualTo("x".repeat(79) + "…");
  }
}
