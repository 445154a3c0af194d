package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenreFamiliesTest {

  private final GenreFamilies families = GenreFamilies.shipped();

  @ParameterizedTest
  @CsvSource({
    "pop,pop",
    "dance pop,pop",
    "memphis hip hop,hip hop",
    "pop rap,rap",
    "pop dance,electronic",
    "electropop,pop",
    "folk-pop,pop",
    "k-pop girl group,k-pop",
    "viral pop,pop",
    "drill italiana,hip hop",
    "trap latino,latin",
    "rock en espanol,rock",
    "classical piano,classical",
    "melodic metalcore,metal",
    "alternative r&b,r&b",
    "contemporary country,country",
    "new jack swing,r&b",
    "pov: indie,indie",
    "post-teen pop,pop",
    "corridos tumbados,regional mexican",
    "punk rock italiano,punk"
  })
  void namesTheFamily(String genre, String family) {
    assertThat(families.of(genre)).isEqualTo(family);
  }

  @ParameterizedTest
  @CsvSource({
    "alt-country,country",
    "nu-cumbia,latin",
    "trip-hop,electronic",
    "trip hop,electronic",
    "trip_hop,electronic",
    "hip-hop/rap,rap",
    "r&b/soul,soul",
    "singer/songwriter,singer-songwriter",
    "k pop girl group,k-pop",
    "drum\u2010and\u2010bass,electronic",
    "reggaet\u00f3n,latin",
    "forr\u00f3,brazilian",
    "nueva canci\u00f3n,folk",
    "nueva cancio\u0301n,folk",
    "rhythm and blues,r&b",
    "rhythm & blues,r&b",
    "rhythm-and-blues,r&b",
    "irish neo-traditional,celtic"
  })
  void comparesAGenreHoweverItIsSpelt(String genre, String family) {
    assertThat(families.of(genre)).isEqualTo(family);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-", "/ -", "fake", "unheard of", "  popcorn  "})
  void namesNoneWhereItKnowsNone(String genre) {
    assertThat(families.of(genre)).isNull();
  }

  /** The file says what a listener would; 85% is what the project owes. */
  @Test
  void areRightForMostGenres() throws IOException {
    List<String> wrong = new ArrayList<>();
    int judged = 0;
    for (String line : judgedGenres()) {
      int colon = line.lastIndexOf(": ");
      String genre = line.substring(0, colon);
      List<String> right = List.of(line.substring(colon + 2).split(" \\| "));
      assertThat(families.names()).as(line).containsAll(right);
      judged++;
      String family = families.of(genre);
      if (right.stream().noneMatch(name -> name.equals(family))) {
        wrong.add("%s, not %s".formatted(line, family));
      }
    }
    assertThat(judged).isGreaterThan(200);
    assertThat(wrong).as("wrong of %d", judged).hasSizeLessThanOrEqualTo(judged * 15 / 100);
  }

  private static List<String> judgedGenres() throws IOException {
    try (InputStream in = GenreFamiliesTest.class.getResourceAsStream("judged-genres.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }

  @Test
  void comparesWholeWords() {
    assertThat(families.of("trapeze")).isNull();
    assertThat(families.of("rockets")).isNull();
  }

  @Test
  void letsAFileReplaceAndAddTerms(@TempDir Path dir) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("mine.txt"),
            """
            # ours
            Electronic: Dance Pop   # not pop
            polka party: polka, *umpa
            none: k-pop
            """);
    GenreFamilies mine = GenreFamilies.shippedWith(file);
    assertThat(mine.of("dance pop")).isEqualTo("electronic");
    assertThat(mine.of("indie pop")).isEqualTo("pop");
    assertThat(mine.of("bavarian polka")).isEqualTo("polka party");
    assertThat(mine.of("oompa umpa")).isEqualTo("polka party");
    assertThat(mine.of("k-pop")).isNull();
    assertThat(mine.names()).contains("polka party", "pop").doesNotContain("none");
  }

  @Test
  void namesEveryBadLineOfAFile(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("mine.txt"), "pop\npop: a, b\nrock: b\n: x\n");
    assertThatThrownBy(() -> GenreFamilies.shippedWith(file))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContainingAll(
            "Nothing was started, because of 3 bad settings",
            file + ":1: must be 'family: term, term', got 'pop'",
            file + ":3: 'b' is given in line 2 too",
            file + ":4: must be 'family: term, term', got ': x'");
  }

  @Test
  void takesTermsHoweverTheyAreSpelt(@TempDir Path dir) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("mine.txt"),
            "polka party: K Pop, fest-noz, fest noz, *\u00fcmpa, *-beat, \u00c7ift/Telli\n");
    GenreFamilies mine = GenreFamilies.shippedWith(file);
    for (String genre :
        List.of(
            "k-pop",
            "fest-noz",
            "oompa \u00fcmpa",
            "oompa umpa",
            "oompabeat",
            "\u00e7ifttelli \u00e7ift telli",
            "cift-telli")) {
      assertThat(mine.of(genre)).as(genre).isEqualTo("polka party");
    }
  }

  @Test
  void refusesLinesOfAFileThatWouldDoNothing(@TempDir Path dir) throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("mine.txt"),
            "rock:\npop: , ,\nmetal: *, thrash\njazz: - , bop\nhip hop: *hip-hop\nfolk: *-\n");
    assertThatThrownBy(() -> GenreFamilies.shippedWith(file))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContainingAll(
            "because of 6 bad settings",
            file + ":1: must be 'family: term, term', got 'rock:'",
            file + ":2: must be 'family: term, term', got 'pop: , ,'",
            file + ":3: an ending must be '*' and letters of one word, got '*'",
            file + ":4: a term must have a letter or digit, got '-'",
            file + ":5: an ending must be '*' and letters of one word, got '*hip-hop'",
            file + ":6: an ending must be '*' and letters of one word, got '*-'");
  }

  @Test
  void refusesATermThatAnotherLineSpellsInAnotherWay(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("mine.txt"), "pop: k-pop\nrock: k pop\n");
    assertThatThrownBy(() -> GenreFamilies.shippedWith(file))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(file + ":2: 'k pop' is given in line 1 too");
  }

  @Test
  void saysWhichFileItCannotRead(@TempDir Path dir) {
    assertThatThrownBy(() -> GenreFamilies.shippedWith(dir.resolve("none.txt")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("genre.families: cannot read '" + dir.resolve("none.txt"));
  }
}
