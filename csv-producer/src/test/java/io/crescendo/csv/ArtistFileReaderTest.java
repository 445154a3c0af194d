package io.crescendo.csv;

import static io.crescendo.csv.ReadRows.HEADER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ArtistFileReaderTest {

  @Test
  void readsARow() throws IOException {
    assertThat(
            ReadRows.artists(HEADER + "a1,Ada,7,\"['dance pop', \"\"children's music\"\"]\",184\n"))
        .containsExactly(
            new ArtistRow("a1", "Ada", List.of("dance pop", "children's music"), 184, 7));
  }

  @Test
  void readsTheShapeOfTheDataset() throws IOException {
    assertThat(
            ReadRows.artists("\uFEFFid,followers,genres,name,popularity\r\na1,12.0,[],Ada,0\r\n"))
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
    assertThat(ReadRows.artists(HEADER + "a1,Ada,,[],1\n"))
        .containsExactly(new ArtistRow("a1", "Ada", List.of(), 1, null));
  }

  @Test
  void readsCellsThatAreSeparatedAsAFirstLineSays() throws IOException {
    assertThat(
            ReadRows.artists("sep=#\r\nid#name#popularity#genres#followers\r\na1#Ada#7#[]#1\r\n"))
        .containsExactly(new ArtistRow("a1", "Ada", List.of(), 1, 7));
  }

  @Test
  void cutsAddressesOfAnyLanguageToTheId() throws IOException {
    for (String cell :
        List.of(
            "spotify:artist:a1",
            "https://open.spotify.com/artist/a1?si=x",
            "https://open.spotify.com/artist/a1/",
            "https://open.spotify.com/intl-de/artist/a1?si=x",
            "https://open.spotify.com/intl-pt-BR/artist/a1#top",
            "http://api.spotify.com/v1/artists/a1")) {
      assertThat(ReadRows.artists(HEADER + cell + ",Ada,7,[],1\n").get(0).id()).isEqualTo("a1");
    }
  }

  @Test
  void takesABlankCellForNoGenres() throws IOException {
    assertThat(ReadRows.artists(HEADER + "a1,Ada,1,,1\n").get(0).genres()).isEmpty();
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
    assertThat(ReadRows.artists(HEADER + rows))
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
    assertThat(ReadRows.artists(HEADER + "a1,Caf\uFFFD,1,[],1\n")).hasSize(1);
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatThrownBy(() -> ArtistFileReader.open(new TextSource("\n\n")))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessage(
            "artists.csv: the file is empty, a header row is needed; nothing was published");
  }

  @Test
  void refusesATarArchive() {
    byte[] archive = new byte[1024];
    System.arraycopy("artists.csv".getBytes(StandardCharsets.UTF_8), 0, archive, 0, 11);
    System.arraycopy("ustar\0".getBytes(StandardCharsets.UTF_8), 0, archive, 257, 6);
    System.arraycopy(HEADER.getBytes(StandardCharsets.UTF_8), 0, archive, 512, HEADER.length());
    assertThatThrownBy(() -> ArtistFileReader.open(new BytesSource("artists.tar", archive)))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessage(
            "artists.tar: is a tar archive, a file of rows is needed; unpack it first;"
                + " nothing was published");
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
    try (ArtistFileReader rows = ArtistFileReader.open(new BytesSource("artists.csv", file))) {
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
}
