package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.refresh.AwkwardWarehouse.Row;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that a refresh asks, as it goes to Athena, on Trino, which Athena is made of: Trino
 * takes it, and gives the same columns and rows in the same order as DuckDB.
 */
class QueriesOnTrinoTest {

  /** Ends in an ORDER BY without calls, behind which nothing else comes. */
  private static final String ORDERED = "(?s).*\\bORDER BY\\b[^()]*";

  private static final Attempt ATTEMPT =
      new Attempt("run-1", Deadline.in(Duration.ofMinutes(5), Clock.systemUTC()));
  private static final Instant NOW = Instant.parse("2026-12-31T23:00:00Z");
  // sums of doubles may be added up in another order
  private static final MathContext PRECISION = new MathContext(13);

  @TempDir private static Path directory;
  private static final AwkwardWarehouse WAREHOUSE = new AwkwardWarehouse();
  private static Trino trino;
  private static DuckDbQueryEngine duckDb;
  private static Catalog catalog;

  @BeforeAll
  static void land() throws Exception {
    LandedFiles files = new LandedFiles(RefreshSettings.defaults(directory));
    List<Column> rejectColumns =
        KnownTables.columns().get("artist_rejects").stream()
            .filter(c -> List.of("reason", "message", "rejected_at").contains(c.name()))
            .toList();
    // nothing of genre_followers has landed yet
    catalog =
        new Catalog(
            NOW,
            List.of(
                files.write("artists", KnownTables.columns().get("artists"), WAREHOUSE.artists()),
                files.write("artist_rejects", rejectColumns, WAREHOUSE.rejects())));
    duckDb = files.engine();
    trino = new Trino();
    // the same rows in another order, on which no answer may hang
    WAREHOUSE.turn();
    trino.createTable("artists", withDay(WAREHOUSE.artists()));
    trino.createTable("artist_rejects", withDay(WAREHOUSE.rejects()));
  }

  private static String withDay(String select) {
    return "SELECT rows_of_day.*, CAST('%s' AS varchar) AS dt FROM (%s) AS rows_of_day"
        .formatted(LandedFiles.DAY, select);
  }

  @AfterAll
  static void close() {
    trino.close();
    duckDb.close();
  }

  static Stream<Named<Query>> queries() {
    return Stream.concat(Queries.bundled().stream(), Stream.of(Landed.query(NOW)))
        .map(q -> Named.of(q.name(), q));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("queries")
  void givesOnTrinoWhatItGivesOnDuckDb(Query query) {
    compare(query);
  }

  /** Rows of others would be compared in no order, and a chart drawn in any. */
  @Test
  void findsEveryQuestionEndingWithAnOrderUnlessItHasOneRow() {
    for (Query query : Queries.bundled()) {
      if (duckDb.query(catalog, query, ATTEMPT).rows().size() > 1) {
        assertThat(query.sql()).as(query.name()).matches(ORDERED);
      }
    }
  }

  @Test
  void catchesWhatOnlyDuckDbReadsThatWay() {
    assertThatThrownBy(
            () -> compare("SELECT id FROM artists QUALIFY row_number() OVER (ORDER BY id) = 1"))
        .hasMessageContaining("mismatched input");
    assertThatThrownBy(
            () -> compare("SELECT genre AS g, count(*) AS n FROM artist_genres GROUP BY g"))
        .hasMessageContaining("Column 'g' cannot be resolved");
    assertThatThrownBy(() -> compare("SELECT count(*) / 7 AS share FROM artists"))
        .isInstanceOf(AssertionError.class);
  }

  private static void compare(String sql) {
    compare(Query.typed(sql, 0));
  }

  private static void compare(Query query) {
    QueryResult expected = duckDb.query(catalog, query, ATTEMPT);
    QueryResult answer = trino.query(new AthenaSql(Trino.SCHEMA, catalog).of(query));

    assertThat(names(answer)).as(query.name()).isEqualTo(names(expected));
    assertThat(expected.rows()).as(query.name()).isNotEmpty();
    if (query.sql().matches(ORDERED)) {
      assertThat(comparable(answer)).as(query.name()).isEqualTo(comparable(expected));
    } else {
      assertThat(comparable(answer))
          .as(query.name())
          .containsExactlyInAnyOrderElementsOf(comparable(expected));
    }
  }

  private static List<String> names(QueryResult result) {
    return result.columns().stream().map(Column::name).toList();
  }

  private static List<List<Object>> comparable(QueryResult result) {
    List<List<Object>> rows = new ArrayList<>();
    for (List<Object> row : result.rows()) {
      List<Object> values = new ArrayList<>();
      row.forEach(v -> values.add(v instanceof Number n ? number(n) : v));
      rows.add(values);
    }
    return rows;
  }

  private static BigDecimal number(Number number) {
    BigDecimal value = new BigDecimal(number.toString());
    BigDecimal rounded = number instanceof Double ? value.round(PRECISION) : value;
    // plain, because 1E+3 would be read with effort where they differ
    return new BigDecimal(rounded.stripTrailingZeros().toPlainString());
  }

  static Stream<Named<CatalogView>> views() {
    return CatalogView.all(duckDb, catalog, Trino.SCHEMA, ATTEMPT).stream()
        .map(v -> Named.of(v.name(), v));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("views")
  void hasAsAViewTheColumnsThatTheCatalogStates(CatalogView view) {
    assertThat(trino.query(view.sql()).columns()).as(view.name()).isEqualTo(view.columns());
  }

  @Test
  void theWarehouseHasTheAwkwardCases() {
    assertThat(WAREHOUSE.rows)
        .anyMatch(Row::late)
        .anyMatch(r -> r.popularity() == null)
        .anyMatch(r -> r.genres().isEmpty())
        .anyMatch(r -> r.followers() == 0)
        .anyMatch(r -> r.followers() > 1L << 53);
    List<List<Row>> histories =
        WAREHOUSE.rows.stream()
            .filter(r -> !r.late())
            .sorted(Comparator.comparing(Row::updateNumber))
            .collect(Collectors.groupingBy(Row::id))
            .values()
            .stream()
            .toList();
    assertThat(histories)
        .as("gone, come back, renamed, observed twice at one moment")
        .anyMatch(h -> last(h).deleted())
        .anyMatch(h -> h.stream().anyMatch(Row::deleted) && !last(h).deleted())
        .anyMatch(h -> h.stream().map(Row::name).distinct().count() > 1)
        .anyMatch(h -> h.stream().map(Row::observedAt).distinct().count() < h.size());
    assertThat(histories.stream().map(h -> last(h).followers()).distinct().count())
        .as("artists with as many followers as others")
        .isLessThan(histories.size());
  }

  private static Row last(List<Row> history) {
    return history.get(history.size() - 1);
  }
}
