package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link QueryEngine} does, wherever the SQL runs. */
interface QueryEngineContract {

  /** One row with a value of each type that queries give. */
  String TYPES =
      "SELECT CAST(7 AS bigint) AS whole, 'a' AS word, CAST(2.5 AS double) AS fraction, true AS yes,"
          + " DATE '2026-11-22' AS day, TIMESTAMP '2026-11-22 10:00:00' AS moment,"
          + " CAST(NULL AS varchar) AS nothing";

  /** Takes far longer than any test. */
  String ENDLESS =
      "SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a(x) CROSS JOIN UNNEST(sequence(1, 10000))"
          + " AS b(y) CROSS JOIN UNNEST(sequence(1, 10000)) AS c(z) WHERE x + y + z = 7";

  /** The engine under test, over a warehouse without files. */
  QueryEngine engine();

  /** {@link #ENDLESS}, or the same in a dialect that lacks its functions. */
  default String endless() {
    return ENDLESS;
  }

  private static Attempt within(Duration time) {
    return new Attempt("run-1", Deadline.in(time, Clock.systemUTC()));
  }

  private QueryResult ask(String sql, int maxRows) {
    Catalog empty = new Catalog(Instant.EPOCH, List.of());
    return engine().query(empty, Query.typed(sql, maxRows), within(Duration.ofMinutes(1)));
  }

  @Test
  default void answersWithTypedValues() {
    QueryResult result = ask(TYPES, 0);

    assertThat(result.columns())
        .extracting(Column::name)
        .containsExactly("whole", "word", "fraction", "yes", "day", "moment", "nothing");
    assertThat(result.rows())
        .containsExactly(
            Arrays.asList(
                7L,
                "a",
                2.5,
                true,
                LocalDate.of(2026, 11, 22),
                Instant.parse("2026-11-22T10:00:00Z"),
                null));
  }

  @Test
  default void knowsTheTablesBeforeTheirFirstFile() {
    for (String table : List.of("artists", "genre_followers", "artist_rejects", "artists_latest")) {
      QueryResult result = ask("SELECT count(*) AS n FROM " + table, 0);
      assertThat(result.value(0, "n")).as(table).isEqualTo(0L);
    }
  }

  @Test
  default void cutsAtTheRowLimitAndSaysSo() {
    String three = "SELECT n FROM (VALUES (1), (2), (3)) AS t(n) ORDER BY n";

    assertThat(ask(three, 2).rows()).hasSize(2);
    assertThat(ask(three, 2).complete()).isFalse();
    assertThat(ask(three, 3).complete()).isTrue();
    assertThat(ask(three, 0).rows()).hasSize(3);
  }

  @Test
  default void saysWhyAQueryWasRefused() {
    assertThatThrownBy(() -> ask("SELECT nonsense FROM artists", 0))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("nonsense");
  }

  @Test
  default void cancelsAQueryAtTheDeadline() {
    Catalog empty = new Catalog(Instant.EPOCH, List.of());
    ask("SELECT 1 AS n", 0);

    assertThatThrownBy(
            () -> engine().query(empty, Query.typed(endless(), 0), within(Duration.ofMillis(1200))))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("typed");
  }
}
