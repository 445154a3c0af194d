package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trino.sql.parser.SqlParser;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScopeTest {

  private static final String HOSTILE = "x') OR 1=1 --";

  static Collection<Query> queries() {
    return Queries.bundled();
  }

  static Stream<Query> all() {
    return Stream.concat(queries().stream(), PageAnswers.explore().values().stream());
  }

  @ParameterizedTest
  @MethodSource("queries")
  void narrowsAnyQueryOfTheDashboard(Query query) {
    Question question = new Scope(HOSTILE, "star", 7).narrow(query);

    assertThat(question.query().sql()).endsWith(query.sql()).doesNotContain(HOSTILE);
    assertThat(question.inOrder()).containsExactly(7L, HOSTILE, "star");
    assertThatCode(() -> new SqlParser().createStatement(question.positional().sql()))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void leavesAQueryAsItIsWhereEverythingIsWanted(Query query) {
    Question question = new Scope(null, null, Scope.USUAL_DAYS).narrow(query);

    assertThat(question.query().sql()).isEqualTo(query.sql());
    assertThat(question.values()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void noColonOfAQueryIsTakenForAParameterThatNobodyGives(Query query) {
    Question question = new Question(query, Map.of("q", "a", "artist", "b"));

    assertThat(question.inOrder())
        .hasSize((int) question.positional().sql().chars().filter(c -> c == '?').count());
  }

  @Test
  void aParameterWithoutAValueIsAnError() {
    assertThatThrownBy(
            () -> new Question(Query.typed("SELECT :genre", 0), Map.of("tier", "x")).inOrder())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(":genre");
  }

  @Test
  void parametersAreCheckedAllAtOnce() {
    assertThatThrownBy(
            () ->
                PageParameters.of(
                    Map.of(
                        "tier", List.of("giant"),
                        "days", List.of("8"),
                        "limit", List.of("0"),
                        "genre", List.of("g".repeat(201)),
                        "sort", List.of("x")),
                    java.util.Set.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("unknown parameter 'sort'")
        .hasMessageContaining("'tier' must be one of")
        .hasMessageContaining("'days' must be one of [7, 30, 90, 365, 36500], got 8")
        .hasMessageContaining("'limit' must be 1 to 10000, got 0")
        .hasMessageContaining("'genre' must be 1 to 200 characters, got 201");
  }
}
