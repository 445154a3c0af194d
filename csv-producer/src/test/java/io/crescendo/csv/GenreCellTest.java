package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Genres as JSON, where its escapes are not Python's. */
class GenreCellTest {

  @Test
  void areReadWithTheEscapesOfJson() {
    assertThat(GenreCell.parse("[\"a\\/b\", \"\\ud83c\\udfa7\"]"))
        .contains(List.of("a/b", "\ud83c\udfa7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"a\\ud800b\"]",
        "[\"a\\/b\",5]",
        "[\"a\\/b\",true]",
        "[\"a\\/b\",null]",
        "[\"a\\/b\",[\"c\"]]",
        "[\"a\\/b\"] junk",
        "[\"a\\/b\"] []",
        "array(['a', 'b'], dtype=object)",
        "frozenset({'a'})"
      })
  void areRefusedWhereTheyAreNoListOfStrings(String text) {
    assertThat(GenreCell.parse(text)).isEmpty();
  }

  @Test
  void areNoneInASetWithoutItems() {
    assertThat(GenreCell.parse("set()")).contains(List.of());
  }
}
