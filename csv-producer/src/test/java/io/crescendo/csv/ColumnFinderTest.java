package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ColumnFinderTest {

  @Test
  void findsTheColumnsOfTheCrawl() {
    ColumnMapping columns =
        mapping("id,name,artist_popularity,artist_genres,followers,genre_0,genre_1");
    String[] row = {"a1", "Ada", "7", "['pop']", "12", "pop", ""};
    assertThat(columns.cell(i -> row[i], Column.ID)).isEqualTo("a1");
    assertThat(columns.cell(i -> row[i], Column.NAME)).isEqualTo("Ada");
    assertThat(columns.cell(i -> row[i], Column.POPULARITY)).isEqualTo("7");
    assertThat(columns.cell(i -> row[i], Column.GENRES)).isEqualTo("['pop']");
    assertThat(columns.cell(i -> row[i], Column.FOLLOWERS)).isEqualTo("12");
    assertThat(columns.width()).isEqualTo(7);
  }

  @Test
  void findsTheColumnsOfTheDatasetInAnyOrder() {
    for (String header :
        new String[] {
          "id,followers,genres,name,popularity", "popularity,name,genres,followers,id"
        }) {
      ColumnMapping columns = mapping(header);
      assertThat(columns.cell(i -> header.split(",")[i], Column.GENRES)).isEqualTo("genres");
      assertThat(columns.cell(i -> header.split(",")[i], Column.ID)).isEqualTo("id");
      assertThat(columns.cell(i -> header.split(",")[i], Column.POPULARITY))
          .isEqualTo("popularity");
    }
  }

  @Test
  void passesOverCaseAndSpaceButNamesAColumnAsTheFileDoes() {
    ColumnMapping columns = mapping(" ID ,Name,Genres,FOLLOWERS");
    assertThat(columns.header(Column.FOLLOWERS)).isEqualTo("FOLLOWERS");
    assertThat(columns.header(Column.ID)).isEqualTo("ID");
  }

  @Test
  void doesWithoutPopularity() {
    ColumnMapping columns = mapping("id,name,genres,followers");
    assertThat(columns.cell(i -> "ab[1".substring(i, i + 1), Column.POPULARITY)).isEmpty();
  }

  @Test
  void prefersTheNameThatSaysMore() {
    ColumnMapping columns = mapping("id,name,genres,artist_genres,followers");
    assertThat(columns.header(Column.GENRES)).isEqualTo("artist_genres");
  }

  @Test
  void saysWhatWasFoundAndWhatWasNeeded() {
    assertThatThrownBy(() -> mapping("Artist,Followers,Genres,Popularity"))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessage(
            "a.csv: columns missing: id; the header must have id, name, genres, followers, found"
                + " 'Artist', 'Followers', 'Genres', 'Popularity' (separated by comma); say which"
                + " column it is, such as --map id=HEADER or --map id=#1, or --id-from-name to make"
                + " ids from the names; nothing was published");
  }

  @Test
  void refusesAColumnThatIsThereTwice() {
    assertThatThrownBy(() -> mapping("id,name,genres,followers,Followers"))
        .isInstanceOf(UnusableSourceException.class)
        .hasMessageStartingWith("a.csv: column 'followers' is there twice; the header must have");
  }

  @Test
  void showsOnlyTheBeginningOfAnEndlessHeader() {
    assertThatThrownBy(() -> mapping("x,".repeat(500) + "y"))
        .hasMessageContaining("'x', … (separated by comma); ")
        .extracting(e -> e.getMessage().length())
        .satisfies(length -> assertThat((int) length).isLessThan(500));
  }

  private static ColumnMapping mapping(String header) {
    byte[] file = (header + "\n").getBytes(StandardCharsets.UTF_8);
    return ColumnFinder.find("a.csv", Sample.of(file, true, ','), ReadingOptions.AUTOMATIC);
  }
}
