package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.refresh.TestWarehouse.Row;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page asks, against answers that are worked out here in another way. */
class PageAnswersTest {

  @TempDir private static Path directory;
  private static final TestWarehouse WAREHOUSE = new TestWarehouse(23, 150);
  private static TestStore store;
  private static DashboardDocuments documents;
  private static Explorer explorer;
  private static PageAnswers answers;
  private static String run;

  @BeforeAll
  static void refresh() throws Exception {
    store = new TestStore(directory);
    WAREHOUSE.land(store, directory);
    try (RefreshJob job = new RefreshJob(store.client(), store.settings())) {
      run = job.run().run();
    }
    documents =
        new DashboardDocuments(
            new ResultsBucket(store.client(), "results"),
            new RunHistory(store.client(), store.settings()),
            Clock.systemUTC());
    explorer =
        new Explorer(
            documents,
            new DuckDbQueryEngine(store.client(), store.settings(), true, Clock.systemUTC()),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Clock.systemUTC());
    answers = new PageAnswers(documents, explorer);
  }

  @AfterAll
  static void close() {
    explorer.close();
    store.close();
  }

  private static PageDocument ask(String query, String... parameters) {
    Map<String, List<String>> given = new java.util.HashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      given.put(parameters[i], List.of(parameters[i + 1]));
    }
    return answers.rows(run, query, given).orElseThrow();
  }

  private static List<Row> carriers(String genre) {
    return WAREHOUSE.latest().stream().filter(r -> r.genres().contains(genre)).toList();
  }

  @Test
  void countsOnlyTheArtistsOfAGenre() {
    List<Object> totals = ask("totals", "genre", "children's music").rows().get(0);

    assertThat(carriers("children's music")).isNotEmpty();
    assertThat(totals.get(0)).isEqualTo((long) carriers("children's music").size());
    assertThat(totals.get(3))
        .isEqualTo(carriers("children's music").stream().mapToLong(Row::followers).sum());
  }

  @Test
  void ranksTheArtistsOfAGenre() {
    List<String> expected =
        carriers("rap").stream()
            .sorted(Comparator.comparing(Row::followers).reversed())
            .limit(4)
            .map(Row::id)
            .toList();

    PageDocument top = ask("top_artists_by_followers", "genre", "rap", "limit", "4");

    assertThat(top.rows()).extracting(r -> r.get(1)).isEqualTo(expected);
    assertThat(top.totalRows()).isEqualTo(Math.min(25, carriers("rap").size()));
    assertThat(top.parameters()).isEqualTo(Map.of("genre", "rap"));
  }

  @Test
  void valuesAreNeverReadAsSql() {
    PageDocument none = ask("totals", "genre", "x') OR ('1' = '1");

    assertThat(none.rows().get(0).get(0)).isEqualTo(0L);
  }

  @Test
  void countsGrowthOverAnyPeriod() {
    Instant newest =
        WAREHOUSE.latest().stream().map(Row::observedAt).max(Comparator.naturalOrder()).get();
    for (long days : new long[] {7, 36_500}) {
      Instant start = newest.minus(Duration.ofDays(days));
      long growing =
          WAREHOUSE.latest().stream()
              .filter(
                  now -> {
                    List<Row> alive =
                        WAREHOUSE.accepted().get(now.id()).stream()
                            .filter(r -> !r.deleted())
                            .toList();
                    List<Row> before =
                        alive.stream().filter(r -> !r.observedAt().isAfter(start)).toList();
                    Row then = before.isEmpty() ? alive.get(0) : before.get(before.size() - 1);
                    return then.followers() >= 1000 && now.followers() > then.followers();
                  })
              .count();

      assertThat(growing).isPositive();
      assertThat(ask("fastest_growing_artists", "days", "" + days).totalRows())
          .isEqualTo((int) Math.min(25, growing));
    }
  }

  @Test
  void findsAnArtistByPartOfItsNameInAnyCase() {
    Row row = WAREHOUSE.latest().get(3);

    assertThat(ask("search_artists", "q", row.name().toUpperCase(java.util.Locale.ROOT)).rows())
        .extracting(r -> r.get(0))
        .contains(row.id());
    assertThat(ask("search_artists", "q", row.id()).rows().get(0).get(0)).isEqualTo(row.id());
    assertThat(ask("search_artists", "q", "%").rows()).isEmpty();
  }

  @Test
  void showsEveryObservationOfAnArtistNewestFirst() {
    Row row =
        WAREHOUSE.rows.stream().filter(r -> r.late() && !r.deleted()).findFirst().orElseThrow();
    List<List<Object>> expected =
        WAREHOUSE.rows.stream()
            .filter(r -> r.id().equals(row.id()))
            .sorted(
                Comparator.comparing(Row::observedAt).thenComparing(Row::updateNumber).reversed())
            .map(r -> Arrays.<Object>asList(r.observedAt(), r.followers(), r.late(), r.deleted()))
            .toList();

    List<List<Object>> history = ask("artist_history", "artist", row.id()).rows();

    assertThat(history)
        .extracting(r -> Arrays.asList(r.get(0), r.get(2), r.get(5), r.get(6)))
        .isEqualTo(expected);
    assertThat(history)
        .extracting(r -> r.get(8))
        .as("how many there are, also where some are left out")
        .containsOnly((long) expected.size());
  }

  @Test
  void placesAnArtistAmongAll() {
    Row second =
        WAREHOUSE.latest().stream()
            .sorted(Comparator.comparing(Row::followers).reversed())
            .toList()
            .get(1);
    PageDocument artist = ask("artist", "artist", second.id());
    int place = artist.columns().stream().map(Column::name).toList().indexOf("place");

    assertThat(artist.rows()).hasSize(1);
    assertThat(artist.rows().get(0).get(place)).isEqualTo(2L);
    assertThat(ask("artist", "artist", "nobody").rows()).isEmpty();
  }

  @Test
  void suggestsGenresThatBeginWithTheTextBeforeOthers() {
    List<Object> found = ask("genre_names", "q", "Pop").rows().stream().map(r -> r.get(0)).toList();

    assertThat(found.get(0)).isEqualTo("pop");
    assertThat(found).allMatch(g -> g.toString().contains("pop")).hasSizeGreaterThan(1);
  }

  @Test
  void asksAgainOnlyWhatItDoesNotKnow() {
    // working it out again would take another time
    assertThat(ask("genres", "tier", "star").seconds())
        .isEqualTo(ask("genres", "tier", "star").seconds());
  }

  @Test
  void anotherRunThanTheOneShownIsNotAsked() {
    assertThat(answers.rows("run-1", "search_artists", Map.of("q", List.of("a")))).isEmpty();
    assertThat(answers.rows(run, "no_such_query", Map.of())).isEmpty();
  }

  @Test
  void saysThatARunWithoutItsTablesCannotBeAsked() {
    new ResultsBucket(store.client(), "results")
        .put(
            JsonDashboard.indexKey("run-aws"),
            Json.text(
                new JsonDashboard.Index("run-aws", Instant.now(), List.of(), List.of(), false)));
    DashboardDocuments fresh =
        new DashboardDocuments(
            new ResultsBucket(store.client(), "results"),
            new RunHistory(store.client(), store.settings()),
            Clock.systemUTC());
    try (Explorer other =
        new Explorer(
            fresh,
            new DuckDbQueryEngine(store.client(), store.settings(), true, Clock.systemUTC()),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Clock.systemUTC())) {
      assertThatThrownBy(
              () ->
                  new PageAnswers(fresh, other)
                      .rows("run-aws", "artist", Map.of("artist", List.of("a"))))
          .isInstanceOf(RefreshException.class)
          .hasMessageContaining("only what the run asked can be shown");
    } finally {
      new ResultsBucket(store.client(), "results")
          .delete(List.of(JsonDashboard.indexKey("run-aws")));
    }
  }
}
