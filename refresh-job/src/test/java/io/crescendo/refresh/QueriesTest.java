package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueriesTest {

  private static final List<String> NOT_IN_BOTH_DIALECTS =
      List.of(
          "qualify",
          "cardinality(",
          "element_at(",
          "width_bucket(",
          "approx_percentile(",
          "date_format(",
          "list_",
          "::",
          "group by all",
          "date_diff(");

  static Stream<Map.Entry<String, String>> statements() {
    return Stream.concat(
        Queries.bundled().stream().map(q -> Map.entry(q.name(), q.sql())),
        Views.bundled().entrySet().stream());
  }

  @ParameterizedTest
  @MethodSource("statements")
  void usesNothingThatOneDialectLacksOrReadsDifferently(Map.Entry<String, String> statement) {
    String sql = statement.getValue().toLowerCase(Locale.ROOT);

    assertThat(NOT_IN_BOTH_DIALECTS).noneMatch(sql::contains);
    assertThat(sql).as("integer division differs").doesNotContainPattern("/ *\\d+(?![.\\d])");
  }

  @Test
  void coversTheQuestionsOfTheDashboard() {
    assertThat(Queries.bundled())
        .extracting(Query::name)
        .containsExactly(
            "artists_without_genre",
            "fastest_growing_artists",
            "fastest_growing_genres",
            "follower_distribution",
            "genre_trend",
            "genres",
            "popularity_by_followers",
            "rejects_by_reason",
            "top_artists_by_followers",
            "top_artists_by_popularity",
            "top_artists_of_genre",
            "totals");
  }

  @Test
  void everyViewFileIsCreatedByTheEngines() {
    assertThat(Views.bundled().keySet())
        .containsExactlyInAnyOrderElementsOf(Queries.resources("views").keySet());
  }

  @Test
  void readsTheHeaderOfAFile() {
    Query query =
        Query.parse(
            "names",
            "-- title: Names: all\n-- description: Every name,\n--   once.\n-- chart: table\n"
                + "SELECT name\n-- a comment\nFROM artists_latest\n");

    assertThat(query)
        .isEqualTo(
            new Query(
                "names",
                "Names: all",
                "Every name, once.",
                Query.Chart.TABLE,
                "SELECT name\n-- a comment\nFROM artists_latest",
                0));
  }

  @Test
  void namesEveryProblemOfAFileAtOnce() {
    assertThatThrownBy(() -> Query.parse("names", "-- titel: Names\n-- chart: pie\nSELECT name;\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("unknown header 'titel'")
        .hasMessageContaining("'-- title: …' must come before")
        .hasMessageContaining("'-- description: …' must come before")
        .hasMessageContaining("chart must be one of [tiles, bar, histogram, scatter, line, table]")
        .hasMessageContaining("got 'pie'")
        .hasMessageContaining("without a ';'");
  }
}
