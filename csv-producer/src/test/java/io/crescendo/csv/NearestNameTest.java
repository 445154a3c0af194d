package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

  private static final List<String> NAMES = List.of("id", "name", "genres", "followers");

  @ParameterizedTest
  @CsvSource({
    "folowers, followers",
    "FOLLOWERS, followers",
    "Genre, genres",
    "nam, name",
    "ids, id",
  })
  void findsWhatIsAlmostTheSameInAnyCase(String typed, String meant) {
    assertThat(NearestName.question(typed, NAMES)).isEqualTo("; did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @CsvSource({"mode", "tempo", "danceability", "x", "loudness", "''"})
  void saysNothingWhereNothingIsNear(String typed) {
    assertThat(NearestName.question(typed, NAMES)).isEmpty();
  }

  @Test
  void findsNothingAmongNoNames() {
    assertThat(NearestName.to("id", List.of())).isEmpty();
  }
}
