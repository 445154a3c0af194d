package io.crescendo.csv;

import static io.crescendo.csv.ReadRows.HEADER;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.schemas.AvroSerde;
import io.crescendo.schemas.Reason;
import io.crescendo.schemas.Reject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rows are rejected, and what is told of them. */
class RejectedRowsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "a1,Ada,1,[],\"12,50\"|column 'followers' must be a whole number, got '12,50'",
        "a1,Ada,1,[],12.5|column 'followers' must be a whole number, got '12.5'",
        "a1,Ada,1,[],None|column 'followers' must not be blank, got 'None'",
        "a1,Ada,1,[],-|column 'followers' must not be blank, got '-'",
        "a1,Ada,1,[],1.16E+08|column 'followers' must be a whole number, got '1.16E+08'",
        "a1,Ada,1,[],|column 'followers' must not be blank, got ''",
        "a1,Ada,1,[],-3|column 'followers' must be from 0 to 1000000000000, got '-3'",
        "a1,Ada,1,[],1000000000001|column 'followers' must be from 0 to 1000000000000,"
            + " got '1000000000001'",
        "a1,Ada,1,[],9223372036854775808|column 'followers' must be from 0 to 1000000000000,"
            + " got '9223372036854775808'",
        "a1,Ada,101,[],1|column 'artist_popularity' must be from 0 to 100, got '101'",
        "a1,Ada,-1,[],1|column 'artist_popularity' must be from 0 to 100, got '-1'",
        "a1,Ada,high,[],1|column 'artist_popularity' must be a whole number, got 'high'",
        "a1,Ada,1,2026-11-01,1|column 'artist_genres' must be a list of strings such as ['pop',"
            + " 'rap'], got '2026-11-01'",
        "a1,2026-11-01 00:00:00,1,[],1|column 'name' must be a name, not what a spreadsheet made of"
            + " one, got '2026-11-01 00:00:00'",
        "a1,  ,1,[],1|column 'name' must not be blank, got '  '",
        " ,Ada,1,[],1|column 'id' must not be blank, got ' '",
        "a1,Ada,1,[]|row must have 5 cells as the header has, got 4",
        "a1,Ada,1,[],1,|row must have 5 cells as the header has, got 6",
        "a1,\"Ada\"x,1,[],1|row must have nothing between a closing quote and the next ',', got"
            + " 'a1,\"Ada\"x,1,[],1'",
        "a1,\"Ada,1,[],1|row must close the quote that it opens within 50 lines, got"
            + " 'a1,\"Ada,1,[],1'",
      })
  void namesFileLineColumnRuleValueAndFate(String row, String problem) throws IOException {
    assertThat(ReadRows.rejections(HEADER + row + "\n"))
        .extracting(Rejection::message)
        .containsExactly("artists.csv:2: " + problem + "; row sent to artist-rejects");
  }

  @Test
  void limitsTheIdTo128Characters() throws IOException {
    assertThat(ReadRows.artists(HEADER + "x".repeat(128) + ",Ada,1,[],1\n")).hasSize(1);
    assertThat(ReadRows.rejections(HEADER + "x".repeat(129) + ",Ada,1,[],1\n"))
        .extracting(Rejection::message)
        .containsExactly(
            "artists.csv:2: column 'id' must have at most 128 characters, got '%s…'; row sent to artist-rejects"
                .formatted("x".repeat(80)));
  }

  @Test
  void passesOnWhatItRejects() throws IOException {
    String row = "a1,Ådá,1,[],\" 12,50 \"";
    Rejection rejection = ReadRows.rejections(HEADER + row + "\n").get(0);
    assertThat(rejection.id()).isEqualTo("a1");
    Instant now = Instant.parse("2026-02-01T00:00:00Z");
    Reject reject = sent(rejection, now);
    assertThat(reject.getReason()).isEqualTo("not_a_whole_number");
    assertThat(reject.getField()).isEqualTo("followers");
    assertThat(reject.getValue()).isEqualTo(" 12,50 ");
    assertThat(reject.getMessage()).isEqualTo(rejection.message());
    assertThat(reject.getRawKey()).isNull();
    assertThat(StandardCharsets.UTF_8.decode(reject.getRawValue()).toString()).isEqualTo(row);
    assertThat(reject.getTopic()).isNull();
    assertThat(reject.getSource()).isEqualTo("artists.csv:2");
    assertThat(reject.getRejectedAt()).isEqualTo(now);
  }

  @Test
  void cutsALongValueWithoutSplittingACharacter() throws IOException {
    Rejection rejection =
        ReadRows.rejections(HEADER + "a1,Ada,1,[],x" + "🎧".repeat(300) + "\n").get(0);
    assertThat(sent(rejection, Instant.EPOCH).getValue()).isEqualTo("x" + "🎧".repeat(99));
  }

  @Test
  void showsNothingThatATerminalWouldObey() throws IOException {
    assertThat(ReadRows.rejections(HEADER + "a1,Ada,1,[],\u001B[2J\u202E7\n").get(0).message())
        .contains("got '\\u001b[2J\\u202e7'");
  }

  @Test
  void countsLinesNotRecords() throws IOException {
    assertThat(ReadRows.rejections(HEADER + "a1,\"two\nlines\",1,[],1\n\na2,Ben,1,[],x\n"))
        .extracting(Rejection::message)
        .singleElement()
        .asString()
        .startsWith("artists.csv:5: column 'followers'");
  }

  @Test
  void losesOneRowToAStrayQuoteAndNoneOfItsNeighbours() throws IOException {
    String file =
        HEADER
            + "a1,Ada,1,[],1\n"
            + "a2,\"Ben,1,[],2\n"
            + "a3,Cem,1,[],3\n"
            + "a4,\"Dua \"\"D\"\"\",1,[],4\n"
            + "a5,Eva,1,[],5\n";
    ReadRows rows = ReadRows.of(file);
    assertThat(rows.artists()).extracting(ArtistRow::id).containsExactly("a1", "a3", "a4", "a5");
    assertThat(rows.rejections())
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.reason()).isEqualTo(Reason.MALFORMED_ROW);
              assertThat(rejection.message()).startsWith("artists.csv:3: ");
            });
  }

  @Test
  void quotesOnlyTheLineThatItRejects() throws IOException {
    assertThat(ReadRows.rejections(HEADER + "a1,\"Ada,1,[],2\na2,Ben,1,[],\"1,5\"\n"))
        .extracting(Rejection::message)
        .containsExactly(
            "artists.csv:2: row must have nothing between a closing quote and the next ',', got"
                + " 'a1,\"Ada,1,[],2'; row sent to artist-rejects",
            "artists.csv:3: column 'followers' must be a whole number, got '1,5'; row sent to"
                + " artist-rejects");
  }

  @Test
  void rejectsARowThatIsNotUtf8() throws IOException {
    byte[] latin1 =
        (HEADER + "a1,Caf\u00e9,1,[],1\na2,Ben,1,[],1\n").getBytes(StandardCharsets.ISO_8859_1);
    ReadingOptions utf8 = new ReadingOptions(StandardCharsets.UTF_8, null, Map.of(), false);
    ReadRows rows = ReadRows.of(new BytesSource("artists.csv", latin1), utf8);
    assertThat(rows.artists()).extracting(ArtistRow::id).containsExactly("a2");
    assertThat(rows.rejections())
        .extracting(Rejection::message)
        .containsExactly(
            "artists.csv:2: row must be UTF-8, got byte 0xE9 at byte 7 of the row; row sent to"
                + " artist-rejects");
  }

  @Test
  void rejectsHalfOfASurrogatePairInTextOfFourBytes() throws IOException {
    ByteBuffer file = ByteBuffer.allocate(1024);
    file.put((HEADER + "a1,Ad").getBytes(Charset.forName("UTF-32BE"))).putInt(0xD83C);
    file.put(",1,[],1\na2,Ben,1,[],1\n".getBytes(Charset.forName("UTF-32BE")));
    try (ArtistFileReader rows =
        ArtistFileReader.open(
            new BytesSource("artists.csv", Arrays.copyOf(file.array(), file.position())))) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.rejection().message())
          .contains("row must be UTF-32BE, got something else at character 6");
      assertThat(rows.next()).isTrue();
      assertThat(rows.artist().id()).isEqualTo("a2");
    }
  }

  @Test
  void rejectsALineWithoutEndInsteadOfKeepingIt() throws IOException {
    List<Rejection> rejections =
        ReadRows.rejections(HEADER + "x".repeat(1_000_000) + "\na,A,1,[],1\n");
    assertThat(rejections).hasSize(1);
    assertThat(rejections.get(0).reason()).isEqualTo(Reason.TOO_LONG);
    assertThat(rejections.get(0).message())
        .startsWith("artists.csv:2: row must have at most 131072 bytes, got 'xxx");
  }

  /** As readers of the rejects have it. */
  private static Reject sent(Rejection rejection, Instant at) {
    AvroSerde<Reject> serde = AvroSerde.of(Reject.class);
    return serde
        .deserializer()
        .deserialize("artist-rejects", rejection.toAvro(at, serde.serializer()));
  }
}
