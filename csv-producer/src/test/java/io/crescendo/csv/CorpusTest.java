package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the corpus: a hand-written file for each shape and for each kind of damage. */
class CorpusTest {

  private static final String NOVA = "0aAbBcCdDeEfFgGhHiIjJ1";
  private static final String TRIO = "1kKlLmMnNoOpPqQrRsStT2";
  private static final String TRAIN = "2uUvVwWxXyYzZ0a1b2c3d4";

  /** What every file in {@code shapes} says, each in its own way. */
  private static final List<ArtistRow> ARTISTS =
      List.of(
          new ArtistRow(
              NOVA, "Nova Reyes", List.of("dance pop", "children's music"), 1_200_345, 71),
          new ArtistRow(TRIO, "The Quiet, Loud \"Trio\"", List.of(), 0, 0),
          new ArtistRow(TRAIN, "夜の電車", List.of("j-pop"), 704, 33));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "crawl.csv",
        "float-followers.csv",
        "index-column-crlf.csv",
        "index-called-id.csv",
        "index-without-header.csv",
        "artist-prefixed.csv",
        "tab-separated.tsv",
        "semicolon-genres.csv",
        "nested-followers.csv",
        "genre-columns.csv",
        "genre-columns-19.csv",
        "python-2.csv",
        "json-lists.csv",
        "braces.csv",
        "underscores.txt",
        "excel-separator.csv",
        "utf-16.csv",
      })
  void readsTheShapeWithoutBeingTold(String file) throws IOException {
    assertThat(read("shapes/" + file, ReadingOptions.AUTOMATIC)).isEqualTo(ARTISTS);
  }

  @Test
  void readsOneGenreAndNamesThatLookLikeNothing() throws IOException {
    assertThat(read("shapes/one-genre.csv", ReadingOptions.AUTOMATIC))
        .isEqualTo(
            List.of(
                new ArtistRow(NOVA, "Nova Reyes", List.of("dance pop"), 1_200_345, 71),
                new ArtistRow(TRIO, "N/A", List.of(), 0, 0),
                new ArtistRow(TRAIN, "NA", List.of("j-pop"), 704, 33)));
  }

  @Test
  void makesIdsFromNamesOnlyWhenTold() throws IOException {
    assertThatThrownBy(() -> read("shapes/no-id.csv", ReadingOptions.AUTOMATIC))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessageContaining("no-id.csv: columns missing: id; ")
        .hasMessageContaining("--id-from-name");
    List<Object> artists = read("shapes/no-id.csv", new ReadingOptions(null, null, Map.of(), true));
    assertThat(artists)
        .extracting(a -> ((ArtistRow) a).id())
        .containsExactly(
            ArtistId.fromName(" NOVA REYES "),
            ArtistId.fromName("The Quiet, Loud \"Trio\""),
            ArtistId.fromName("夜の電車"))
        .allMatch(id -> ((String) id).matches("name-[0-9a-f]{20}"));
  }

  @Test
  void readsAHeaderInAnotherLanguageWhenTold() throws IOException {
    assertThatThrownBy(() -> read("shapes/foreign-header.csv", ReadingOptions.AUTOMATIC))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessage(
            "foreign-header.csv: columns missing: name, genres, followers; the header must have id,"
                + " name, genres, followers, found 'codigo', 'nombre', 'seguidores', 'generos',"
                + " 'popularidad' (separated by semicolon); say which column it is, such as --map"
                + " name=HEADER or --map name=#1, or --delimiter if the cells are cut wrongly;"
                + " nothing was published");
    Map<String, String> map =
        Map.of(
            "name", "Nombre",
            "followers", "seguidores",
            "genres", "#4",
            "popularity", "popularidad");
    assertThat(read("shapes/foreign-header.csv", new ReadingOptions(null, null, map, false)))
        .isEqualTo(ARTISTS);
  }

  @Test
  void readsWhenEachRowWasTrue() throws IOException {
    assertThat(read("shapes/observed-at.csv", ReadingOptions.AUTOMATIC))
        .extracting(row -> ((ArtistRow) row).observedAt())
        .containsOnly(Instant.parse("2026-01-31T00:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "windows-1252.csv|0aAbBcCdDeEfFgGhHiIjJ1 Björk Café; 1kKlLmMnNoOpPqQrRsStT2 Señor Niño",
        "one-bad-byte.csv|0aAbBcCdDeEfFgGhHiIjJ1 Ünï Çødé; invalid_utf8:3; 2uUvVwWxXyYzZ0a1b2c3d4 Ødd"
            + " Ñame",
        "nul-bytes.csv|0aAbBcCdDeEfFgGhHiIjJ1 Good; malformed_row:3; 2uUvVwWxXyYzZ0a1b2c3d4 Fine",
        "spreadsheet.csv|not_a_string:2; not_a_string:3; not_a_list_of_strings:4;"
            + " not_a_whole_number:5; x2 11/26",
        "missing-followers.tsv|blank_field:2; blank_field:3; 2uUvVwWxXyYzZ0a1b2c3d4 Has Some",
        "cells-missing.csv|malformed_row:2; malformed_row:3; 2uUvVwWxXyYzZ0a1b2c3d4 Fine",
        "numbers.csv|not_a_whole_number:2; out_of_range:3; not_a_whole_number:4; out_of_range:5;"
            + " out_of_range:6; x3 Fine",
        "broken-lists.csv|not_a_list_of_strings:2; not_a_list_of_strings:3; not_a_list_of_strings:4;"
            + " not_a_list_of_strings:5",
      })
  void rejectsTheDamagedRowsAndNoOthers(String file, String expected) throws IOException {
    assertThat(read("damage/" + file, ReadingOptions.AUTOMATIC))
        .extracting(CorpusTest::describe)
        .containsExactly(expected.split("; "));
  }

  @Test
  void losesOnlyTheLineOfAStrayQuote() throws IOException {
    List<Object> rows = read("damage/stray-quote.csv", ReadingOptions.AUTOMATIC);
    assertThat(rows).hasSize(61);
    assertThat(describe(rows.get(0))).isEqualTo("malformed_row:2");
    assertThat(rows.subList(1, 61)).allMatch(row -> row instanceof ArtistRow);
  }

  @Test
  void reportsDuplicates() throws IOException {
    QualityReport report =
        QualityReport.of(Source.file(file("damage/duplicates.csv")), ReadingOptions.AUTOMATIC);
    assertThat(report.accepted()).isEqualTo(4);
    assertThat(report.sameAgain()).isEqualTo(1);
    assertThat(report.conflicting()).isEqualTo(1);
    assertThat(report.firstConflict()).isEqualTo("duplicates.csv:5: id '" + TRIO + "'");
    assertThat(report.withoutGenre()).isEqualTo(2);
    assertThat(report.followerTiers()).containsEntry("1-99", 4L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"shapes", "damage"})
  void leavesNoFileOfTheCorpusUnread(String folder) throws IOException {
    String test = Files.readString(Path.of("src/test/java/io/crescendo/csv/CorpusTest.java"));
    try (Stream<Path> files = Files.list(file(folder))) {
      assertThat(files).isNotEmpty().allMatch(f -> test.contains(f.getFileName().toString()));
    }
  }

  /** Artists and rejections in the order of the file. */
  private static List<Object> read(String name, ReadingOptions options) throws IOException {
    List<Object> read = new ArrayList<>();
    try (ArtistFileReader rows = ArtistFileReader.open(Source.file(file(name)), options)) {
      while (rows.next()) {
        read.add(rows.artist() != null ? rows.artist() : rows.rejection());
      }
    }
    return read;
  }

  private static String describe(Object row) {
    if (row instanceof ArtistRow artist) {
      return artist.id() + " " + artist.name();
    }
    Rejection rejection = (Rejection) row;
    String where = rejection.problem().split(": ", 2)[0];
    return rejection.reason().code() + where.substring(where.lastIndexOf(':'));
  }

  private static Path file(String name) {
    try {
      return Path.of(CorpusTest.class.getResource("/corpus/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
