package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenreListTest {

  @Test
  void readsBothQuoteStyles() {
    assertThat(GenreList.parse("['dance pop', \"children's music\"]"))
        .contains(List.of("dance pop", "children's music"));
  }

  @Test
  void readsAnEmptyList() {
    assertThat(GenreList.parse("[]")).contains(List.of());
    assertThat(GenreList.parse(" [ ] ")).contains(List.of());
  }

  @Test
  void keepsTheItemsAsTheyStand() {
    assertThat(GenreList.parse("[ 'R&B ' ,'pop','pop', '' ,]"))
        .contains(List.of("R&B ", "pop", "pop", ""));
    assertThat(GenreList.parse("['a, b', 'c; d', '[x]']")).contains(List.of("a, b", "c; d", "[x]"));
  }

  @Test
  void readsThePrefixOfOlderPythons() {
    assertThat(GenreList.parse("[u'pop', U\"rap\"]")).contains(List.of("pop", "rap"));
  }

  @Test
  void readsEveryEscape() {
    assertThat(GenreList.parse("['\\\\ \\' \\\" \\a\\b\\f\\n\\r\\t\\v']"))
        .contains(List.of("\\ ' \" \u0007\b\f\n\r\t\u000B"));
    assertThat(GenreList.parse("['\\xe9 \\u00e9 \\U0001f3a7 \\N{LATIN SMALL LETTER E} \\101 \\7']"))
        .contains(List.of("é é 🎧 e A \u0007"));
    assertThat(GenreList.parse("['half \\\nline']")).contains(List.of("half line"));
    assertThat(GenreList.parse("['no \\q escape']")).contains(List.of("no \\q escape"));
  }

  @Test
  void joinsTheHalvesOfASurrogatePairAndRefusesOneAlone() {
    assertThat(GenreList.parse("['\\ud83c\\udfa7']")).contains(List.of("🎧"));
    assertThat(GenreList.parse("['\\ud83c']")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pop",
        "'pop'",
        "[",
        "]",
        "[']",
        "['pop'",
        "['pop']]",
        "['pop'] x",
        "[pop]",
        "['a' 'b']",
        "[,]",
        "['a',,'b']",
        "['a', 1]",
        "[None]",
        "['a', ['b']]",
        "['a\\",
        "['\\x4']",
        "['\\xg0']",
        "['\\u12']",
        "['\\U00110000']",
        "['\\N{NO SUCH THING}']",
        "['\\N{']",
        "[b'a']",
        "{'a'}",
        "2026-11-01 00:00:00",
        "['\\uff1０']"
      })
  void refusesWhatIsNoListOfStrings(String text) {
    assertThat(GenreList.parse(text)).isEmpty();
  }

  @Property
  void givesBackWhatPythonWouldPrint(@ForAll("genres") List<String> genres) {
    String printed =
        genres.stream().map(GenreListTest::repr).collect(Collectors.joining(", ", "[", "]"));
    assertThat(GenreList.parse(printed)).contains(genres);
  }

  @Property
  void answersWhateverItIsAsked(@ForAll String text) {
    assertThat(GenreList.parse(text)).isNotNull();
    assertThat(GenreList.parse("['" + text)).isNotNull();
  }

  @Property
  void answersTextThatIsNearlyAList(@ForAll("nearly") String text) {
    GenreList.parse("[" + text + "]")
        .ifPresent(
            items ->
                assertThat(String.join("", items).codePoints())
                    .noneMatch(c -> Character.getType(c) == Character.SURROGATE));
  }

  @Provide
  Arbitrary<String> nearly() {
    return Arbitraries.strings().withChars("''\"\"\\\\,,[]u UNxd8c0f{} \n").ofMaxLength(30);
  }

  @Provide
  Arbitrary<List<String>> genres() {
    Arbitrary<String> nasty = Arbitraries.strings().withChars("ab'\"\\\n\t ,[]é").ofMaxLength(12);
    Arbitrary<String> any =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .filter(c -> c < 0xD800 || c > 0xDFFF)
            .list()
            .ofMaxSize(8)
            .map(points -> points.stream().map(Character::toString).collect(Collectors.joining()));
    return Arbitraries.oneOf(nasty, any).list().ofMaxSize(6);
  }

  /** Python's {@code repr} of a string: single quotes unless only single ones are inside. */
  private static String repr(String text) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    StringBuilder out = new StringBuilder().append(quote);
    text.codePoints()
        .forEach(
            c -> {
              if (c == quote || c == '\\') {
                out.append('\\').appendCodePoint(c);
              } else if (c == '\n') {
                out.append("\\n");
              } else if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
                out.append(String.format(Locale.ROOT, "\\x%02x", c));
              } else if (Character.getType(c) == Character.UNASSIGNED) {
                out.append(String.format(Locale.ROOT, c > 0xFFFF ? "\\U%08x" : "\\u%04x", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.append(quote).toString();
  }
}
