package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.schemas.AvroSerde;
import io.crescendo.schemas.Reason;
import io.crescendo.schemas.Reject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArtistFileReaderTest {

  private static final String HEADER = "id,name,artist_popularity,artist_genres,followers\n";

  @Test
  void readsARow() throws IOException {
    assertThat(artists(HEADER + "a1,Ada,7,\"['dance pop', \"\"children's music\"\"]\",184\n"))
        .containsExactly(
            new ArtistRow("a1", "Ada", List.of("dance pop", "children's music"), 184, 7));
  }

  @Test
  void readsTheShapeOfTheDataset() throws IOException {
    assertThat(artists("\uFEFFid,followers,genres,name,popularity\r\na1,12.0,[],Ada,0\r\n"))
        .containsExactly(new ArtistRow("a1", "Ada", List.of(), 12, 0));
  }

  @Test
  void readsTextOfFourBytesForACharacter() throws IOException {
    String text = HEADER + "a1,Bj\u00f6rk \ud83c\udfb5,7,[],1\n";
    for (String bytes : List.of("UTF-32LE", "UTF-32BE")) {
      for (String mark : List.of("", "\uFEFF")) {
        Source source = new BytesSource("a.csv", (mark + text).getBytes(Charset.forName(bytes)));
        try (ArtistFileReader reader = ArtistFileReader.open(source)) {
          assertThat(reader.next()).isTrue();
          assertThat(reader.artist())
              .isEqualTo(new ArtistRow("a1", "Bj\u00f6rk \ud83c\udfb5", List.of(), 1, 7));
          assertThat(reader.guess(ReadingOptions.AUTOMATIC).orElseThrow()).contains(bytes);
        }
      }
    }
  }

  @Test
  void knowsNoPopularityWhereNoneIsStated() throws IOException {
    assertThat(artists(HEADER + "a1,Ada,,[],1\n"))
        .containsExactly(new ArtistRow("a1", "Ada", List.of(), 1, null));
  }

  @Test
  void takesABlankCellForNoGenres() throws IOException {
    assertThat(artists(HEADER + "a1,Ada,1,,1\n").get(0).genres()).isEmpty();
  }

  @Test
  void leavesNamesAloneThatBreakCarelessParsers() throws IOException {
    String rows =
        """
        a1,11/26,1,[],1
        a2,+Plus,1,[],1
        a3,-Minus,1,[],1
        a4,@home,1,[],1
        a5,704,1,[],1
        a6,E20,1,[],1
        a7,THE /\\ND,1,[],1
        a8,SLASH\\\\,1,[],1
        a9,"Trio ""Antiphony"", the",1,[],1
        b1,"Space  ",1,[],1
        b2,\u200BZero,1,[],1
        b3,N/A,1,[],1
        b4,#hash,1,[],1
        b5,half "quoted" name,1,[],1
        b6,"two
        lines",1,[],1
        """;
    assertThat(artists(HEADER + rows))
        .extracting(ArtistRow::name)
        .containsExactly(
            "11/26",
            "+Plus",
            "-Minus",
            "@home",
            "704",
            "E20",
            "THE /\\ND",
            "SLASH\\\\",
            "Trio \"Antiphony\", the",
            "Space  ",
            "\u200BZero",
            "N/A",
            "#hash",
            "half \"quoted\" name",
            "two\nlines");
  }

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
    assertThat(rejections(HEADER + row + "\n"))
        .extracting(Rejection::message)
        .containsExactly("artists.csv:2: " + problem + "; row sent to artist-rejects");
  }

  @Test
  void limitsTheIdTo128Characters() throws IOException {
    assertThat(artists(HEADER + "x".repeat(128) + ",Ada,1,[],1\n")).hasSize(1);
    assertThat(rejections(HEADER + "x".repeat(129) + ",Ada,1,[],1\n"))
        .extracting(Rejection::message)
        .containsExactly(
            "artists.csv:2: column 'id' must have at most 128 characters, got '%s…'; row sent to artist-rejects"
                .formatted("x".repeat(80)));
  }

  @Test
  void passesOnWhatItRejects() throws IOException {
    String row = "a1,Ådá,1,[],\" 12,50 \"";
    Rejection rejection = rejections(HEADER + row + "\n").get(0);
    assertThat(rejection.id()).isEqualTo("a1");
    Instant now = Instant.parse("2026-02-01T00:00:00Z");
    Reject reject =
        AvroSerde.of(Reject.class)
            .deserializer()
            .deserialize(
                "artist-rejects", rejection.toAvro(now, AvroSerde.of(Reject.class).serializer()));
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
    Rejection rejection = rejections(HEADER + "a1,Ada,1,[],x" + "🎧".repeat(300) + "\n").get(0);
    Reject reject =
        AvroSerde.of(Reject.class)
            .deserializer()
            .deserialize(
                "artist-rejects",
                rejection.toAvro(Instant.EPOCH, AvroSerde.of(Reject.class).serializer()));
    assertThat(reject.getValue()).isEqualTo("x" + "🎧".repeat(99));
  }

  @Test
  void showsNothingThatATerminalWouldObey() throws IOException {
    assertThat(rejections(HEADER + "a1,Ada,1,[],\u001B[2J\u202E7\n").get(0).message())
        .contains("got '\\u001b[2J\\u202e7'");
  }

  @Test
  void countsLinesNotRecords() throws IOException {
    assertThat(rejections(HEADER + "a1,\"two\nlines\",1,[],1\n\na2,Ben,1,[],x\n"))
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
    assertThat(artists(file)).extracting(ArtistRow::id).containsExactly("a1", "a3", "a4", "a5");
    assertThat(rejections(file))
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.reason()).isEqualTo(Reason.MALFORMED_ROW);
              assertThat(rejection.message()).startsWith("artists.csv:3: ");
            });
  }

  @Test
  void quotesOnlyTheLineThatItRejects() throws IOException {
    assertThat(rejections(HEADER + "a1,\"Ada,1,[],2\na2,Ben,1,[],\"1,5\"\n"))
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
    List<String> ids = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    ReadingOptions utf8 = new ReadingOptions(StandardCharsets.UTF_8, null, Map.of(), false);
    try (ArtistFileReader rows = open(latin1, utf8)) {
      while (rows.next()) {
        if (rows.rejection() != null) {
          messages.add(rows.rejection().message());
        } else {
          ids.add(rows.artist().id());
        }
      }
    }
    assertThat(ids).containsExactly("a2");
    assertThat(messages)
        .containsExactly(
            "artists.csv:2: row must be UTF-8, got byte 0xE9 at byte 7 of the row; row sent to"
                + " artist-rejects");
  }

  @Test
  void rejectsHalfOfASurrogatePairInTextOfFourBytes() throws IOException {
    ByteBuffer file = ByteBuffer.allocate(1024);
    file.put((HEADER + "a1,Ad").getBytes(Charset.forName("UTF-32BE"))).putInt(0xD83C);
    file.put(",1,[],1\na2,Ben,1,[],1\n".getBytes(Charset.forName("UTF-32BE")));
    try (ArtistFileReader rows = open(Arrays.copyOf(file.array(), file.position()))) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.rejection().message())
          .contains("row must be UTF-32BE, got something else at character 6");
      assertThat(rows.next()).isTrue();
      assertThat(rows.artist().id()).isEqualTo("a2");
    }
  }

  @Test
  void explainsNoMoreRowsThanItReads() throws IOException {
    try (ArtistFileReader rows =
        ArtistFileReader.open(new TextSource(HEADER + "a1,Ada,1,[],1\na2,Ben,1,[],1\n"))) {
      assertThat(rows.explain(1)).last().asString().startsWith("row            a1, Ada");
      assertThat(rows.next()).isTrue();
      assertThat(rows.artist().id()).isEqualTo("a2");
    }
    try (ArtistFileReader rows = ArtistFileReader.open(new TextSource(HEADER))) {
      assertThat(rows.explain(1)).last().isEqualTo("row            none below the header");
    }
  }

  @Test
  void takesAReplacementCharacterThatIsReallyInTheFile() throws IOException {
    assertThat(artists(HEADER + "a1,Caf\uFFFD,1,[],1\n")).hasSize(1);
  }

  @Test
  void rejectsALineWithoutEndInsteadOfKeepingIt() throws IOException {
    List<Rejection> rejections = rejections(HEADER + "x".repeat(1_000_000) + "\na,A,1,[],1\n");
    assertThat(rejections).hasSize(1);
    assertThat(rejections.get(0).reason()).isEqualTo(Reason.TOO_LONG);
    assertThat(rejections.get(0).message())
        .startsWith("artists.csv:2: row must have at most 131072 bytes, got 'xxx");
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatThrownBy(() -> ArtistFileReader.open(new TextSource("\n\n")))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessage(
            "artists.csv: the file is empty, a header row is needed; nothing was published");
  }

  @Test
  void refusesABrokenHeader() {
    assertThatThrownBy(() -> ArtistFileReader.open(new TextSource("\"id,name\n")))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessage(
            "artists.csv:1: header row must close the quote that it opens within 50 lines, got"
                + " '\"id,name'; nothing was published");
  }

  @Property(tries = 500)
  void makesARowOrARejectionOfWhateverComes(@ForAll("damage") byte[] damage) throws IOException {
    byte[] header = HEADER.getBytes(StandardCharsets.UTF_8);
    byte[] file = Arrays.copyOf(header, header.length + damage.length);
    System.arraycopy(damage, 0, file, header.length, damage.length);
    long line = 1;
    try (ArtistFileReader rows = open(file)) {
      while (rows.next()) {
        assertThat(rows.artist() == null).isNotEqualTo(rows.rejection() == null);
        long next = Long.parseLong(rows.where().substring("artists.csv:".length()));
        assertThat(next).isGreaterThan(line);
        line = next;
      }
      assertThat(rows.bytesRead()).isLessThanOrEqualTo(file.length);
    }
  }

  @Provide
  Arbitrary<byte[]> damage() {
    Arbitrary<Byte> common =
        Arbitraries.of((byte) '"', (byte) ',', (byte) '\n', (byte) '[', (byte) ']', (byte) '1');
    return Arbitraries.oneOf(common, Arbitraries.bytes()).array(byte[].class).ofMaxSize(300);
  }

  private static List<ArtistRow> artists(String file) throws IOException {
    List<ArtistRow> artists = new ArrayList<>();
    try (ArtistFileReader rows = ArtistFileReader.open(new TextSource(file))) {
      while (rows.next()) {
        if (rows.artist() != null) {
          artists.add(rows.artist());
        }
      }
    }
    return artists;
  }

  private static List<Rejection> rejections(String file) throws IOException {
    List<Rejection> rejections = new ArrayList<>();
    try (ArtistFileReader rows = ArtistFileReader.open(new TextSource(file))) {
      while (rows.next()) {
        if (rows.rejection() != null) {
          rejections.add(rows.rejection());
        }
      }
    }
    return rejections;
  }

  private static ArtistFileReader open(byte[] bytes) throws IOException {
    return open(bytes, ReadingOptions.AUTOMATIC);
  }

  private static ArtistFileReader open(byte[] bytes, ReadingOptions options) throws IOException {
    Source text = new TextSource("");
    return ArtistFileReader.open(
        new Source() {
          @Override
          public String name() {
            return text.name();
          }

          @Override
          public String identity() {
            return text.identity();
          }

          @Override
          public long size() {
            return bytes.length;
          }

          @Override
          public Instant observedAt() {
            return text.observedAt();
          }

          @Override
          public InputStream open() {
            return new ByteArrayInputStream(bytes);
          }
        },
        options);
  }
}
