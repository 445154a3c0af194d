package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.refresh.TestWarehouse.Row;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every query on DuckDB, against answers that are worked out here in another way. */
class QueryAnswersTest {

  @TempDir private static Path directory;
  private static final TestWarehouse WAREHOUSE = new TestWarehouse(11, 220);
  private static DuckDbQueryEngine engine;
  private static Catalog catalog;
  private static Attempt attempt;

  @BeforeAll
  static void land() throws Exception {
    TestStore store = new TestStore(directory);
    WAREHOUSE.land(store, directory);
    attempt = new Attempt("run-1", Deadline.in(Duration.ofMinutes(2), Clock.systemUTC()));
    catalog = new FooterCrawler(store.client(), store.settings(), Clock.systemUTC()).crawl(attempt);
    engine = new DuckDbQueryEngine(store.client(), store.settings(), true, Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static List<List<Object>> ask(String name) {
    Query query =
        Queries.bundled().stream().filter(q -> q.name().equals(name)).findFirst().orElseThrow();
    return engine.query(catalog, query, attempt).rows();
  }

  private static List<Row> latest() {
    return WAREHOUSE.latest();
  }

  private static Map<String, List<Row>> byGenre() {
    Map<String, List<Row>> genres = new TreeMap<>();
    latest()
        .forEach(
            r -> r.genres().forEach(g -> genres.computeIfAbsent(g, x -> new ArrayList<>()).add(r)));
    return genres;
  }

  private static String primary(Row row) {
    return row.genres().isEmpty() ? null : row.genres().get(0);
  }

  private static Object whole(Integer number) {
    return number == null ? null : number.longValue();
  }

  private static long followers(List<Row> rows) {
    return rows.stream().mapToLong(Row::followers).sum();
  }

  private static final Comparator<Row> MOST_FOLLOWED =
      Comparator.comparing(Row::followers).reversed().thenComparing(Row::id);

  @Test
  void theWarehouseHasTheAwkwardCases() {
    assertThat(WAREHOUSE.rows).anyMatch(Row::late).anyMatch(Row::deleted);
    assertThat(latest()).anyMatch(r -> r.genres().isEmpty()).anyMatch(r -> r.popularity() == null);
    assertThat(latest()).hasSizeLessThan(WAREHOUSE.accepted().size()).hasSizeGreaterThan(100);
    assertThat(WAREHOUSE.accepted().values())
        .anyMatch(h -> h.size() > 1 && h.get(0).observedAt().equals(h.get(1).observedAt()))
        .anyMatch(h -> h.stream().anyMatch(Row::deleted) && !h.get(h.size() - 1).deleted());
  }

  @Test
  void totals() {
    assertThat(ask("totals"))
        .containsExactly(
            List.of(
                (long) latest().size(),
                latest().stream().filter(r -> r.genres().isEmpty()).count(),
                (long) byGenre().size(),
                followers(latest()),
                (long) WAREHOUSE.rejects.size(),
                latest().stream().map(Row::observedAt).max(Comparator.naturalOrder()).get()));
  }

  @Test
  void topArtistsByFollowers() {
    List<Row> top = latest().stream().sorted(MOST_FOLLOWED).limit(25).toList();

    assertThat(ask("top_artists_by_followers")).hasSize(25);
    for (int i = 0; i < 25; i++) {
      Row row = top.get(i);
      assertThat(ask("top_artists_by_followers").get(i))
          .containsExactly(
              i + 1L, row.id(), row.name(), primary(row), row.followers(), whole(row.popularity()));
    }
  }

  @Test
  void topArtistsByPopularity() {
    List<List<Object>> expected = new ArrayList<>();
    latest().stream()
        .filter(r -> r.popularity() != null)
        .sorted(Comparator.comparing(Row::popularity).reversed().thenComparing(MOST_FOLLOWED))
        .limit(25)
        .forEach(
            r ->
                expected.add(
                    Arrays.asList(
                        expected.size() + 1L,
                        r.id(),
                        r.name(),
                        primary(r),
                        whole(r.popularity()),
                        r.followers())));

    assertThat(ask("top_artists_by_popularity")).isEqualTo(expected);
  }

  @Test
  void genres() {
    List<List<Object>> rows = ask("genres");
    List<Map.Entry<String, List<Row>>> expected =
        byGenre().entrySet().stream()
            .sorted(Comparator.comparing(e -> -followers(e.getValue())))
            .toList();

    assertThat(rows).hasSameSizeAs(expected);
    for (int i = 0; i < rows.size(); i++) {
      List<Row> carriers = expected.get(i).getValue();
      double[] sorted = carriers.stream().mapToDouble(Row::followers).sorted().toArray();
      int n = sorted.length;
      double median = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
      assertThat(rows.get(i).subList(0, 3))
          .containsExactly(expected.get(i).getKey(), (long) n, followers(carriers));
      close(rows.get(i).get(3), (double) followers(carriers) / n);
      close(rows.get(i).get(4), median);
      close(
          rows.get(i).get(5),
          carriers.stream()
              .map(Row::popularity)
              .filter(Objects::nonNull)
              .mapToInt(p -> p)
              .average()
              .orElseThrow());
    }
  }

  private static void close(Object actual, double expected) {
    assertThat((Double) actual).isCloseTo(expected, Offset.offset(Math.abs(expected) * 1e-9));
  }

  @Test
  void topArtistsOfEachGenre() {
    List<List<Object>> expected = new ArrayList<>();
    byGenre()
        .forEach(
            (genre, carriers) -> {
              List<Row> top = carriers.stream().sorted(MOST_FOLLOWED).limit(5).toList();
              for (int i = 0; i < top.size(); i++) {
                Row r = top.get(i);
                expected.add(
                    Arrays.asList(
                        genre, i + 1L, r.id(), r.name(), r.followers(), whole(r.popularity())));
              }
            });

    assertThat(ask("top_artists_of_genre")).isEqualTo(expected);
  }

  @Test
  void followerDistribution() {
    long[] bounds = {0, 1, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, Long.MAX_VALUE};
    List<List<Object>> rows = ask("follower_distribution");

    assertThat(rows).hasSize(8);
    for (int i = 0; i < 8; i++) {
      long from = bounds[i];
      long to = bounds[i + 1];
      List<Row> band =
          latest().stream().filter(r -> r.followers() >= from && r.followers() < to).toList();
      assertThat(rows.get(i).subList(1, 5))
          .containsExactly(
              from,
              i == 7 ? null : to - 1,
              (long) band.size(),
              band.stream().filter(r -> r.genres().isEmpty()).count());
    }
  }

  @Test
  void popularityByFollowers() {
    List<List<Object>> rows = ask("popularity_by_followers");
    Map<List<Long>, List<Row>> cells =
        latest().stream()
            .filter(r -> r.followers() > 0 && r.popularity() != null)
            .collect(
                Collectors.groupingBy(
                    r ->
                        List.of(
                            (long) (r.popularity() / 2),
                            (long) Math.floor(Math.log10(r.followers()) * 8))));

    assertThat(rows).hasSameSizeAs(cells.keySet());
    for (List<Object> row : rows) {
      List<Row> cell = cells.get(List.of((Long) row.get(0), (Long) row.get(1)));
      Row shown = cell.stream().max(Comparator.comparing(Row::id)).get();
      assertThat(row.subList(2, 7))
          .containsExactly(
              (long) cell.size(),
              shown.name(),
              shown.popularity().longValue(),
              shown.followers(),
              shown.id());
    }
  }

  @Test
  void artistsWithoutGenre() {
    List<Row> without = latest().stream().filter(r -> r.genres().isEmpty()).toList();
    List<Object> row = ask("artists_without_genre").get(0);

    assertThat(row.subList(0, 2)).containsExactly((long) latest().size(), (long) without.size());
    close(row.get(2), (double) without.size() / latest().size());
    close(row.get(3), (double) followers(without) / followers(latest()));
  }

  @Test
  void rejectsByReason() {
    Map<String, List<TestWarehouse.Reject>> reasons =
        WAREHOUSE.rejects.stream()
            .collect(
                Collectors.groupingBy(
                    TestWarehouse.Reject::reason, TreeMap::new, Collectors.toList()));
    List<List<Object>> expected = new ArrayList<>();
    reasons.entrySet().stream()
        .sorted(Comparator.comparing(e -> -e.getValue().size()))
        .forEach(
            e -> {
              TestWarehouse.Reject last =
                  e.getValue().stream()
                      .max(
                          Comparator.comparing(TestWarehouse.Reject::rejectedAt)
                              .thenComparing(TestWarehouse.Reject::message))
                      .get();
              expected.add(
                  List.of(
                      e.getKey(), (long) e.getValue().size(), last.rejectedAt(), last.message()));
            });

    assertThat(ask("rejects_by_reason")).isEqualTo(expected);
  }

  /** The last observation before the 30 days before the newest one, or the first within them. */
  private static Row baseline(List<Row> history) {
    Instant start =
        latest().stream()
            .map(Row::observedAt)
            .max(Comparator.naturalOrder())
            .get()
            .minus(30, ChronoUnit.DAYS);
    List<Row> alive = history.stream().filter(r -> !r.deleted()).toList();
    List<Row> before = alive.stream().filter(r -> !r.observedAt().isAfter(start)).toList();
    return before.isEmpty() ? alive.get(0) : before.get(before.size() - 1);
  }

  @Test
  void fastestGrowingArtists() {
    List<List<Object>> expected = new ArrayList<>();
    for (Row now : latest()) {
      Row then = baseline(WAREHOUSE.accepted().get(now.id()));
      long gained = now.followers() - then.followers();
      if (then.followers() >= 1000 && gained > 0) {
        expected.add(
            Arrays.asList(
                now.id(),
                now.name(),
                primary(now),
                then.followers(),
                now.followers(),
                gained,
                (double) gained / then.followers(),
                then.observedAt()));
      }
    }
    expected.sort(Comparator.comparing(row -> -(Double) row.get(6)));

    assertThat(expected).hasSizeGreaterThan(25);
    assertThat(ask("fastest_growing_artists")).isEqualTo(expected.subList(0, 25));
  }

  @Test
  void fastestGrowingGenres() {
    Map<String, Long> before = new TreeMap<>();
    WAREHOUSE
        .accepted()
        .values()
        .forEach(
            history -> {
              if (history.stream().anyMatch(r -> !r.deleted())) {
                Row then = baseline(history);
                then.genres().forEach(g -> before.merge(g, then.followers(), Long::sum));
              }
            });
    List<List<Object>> expected = new ArrayList<>();
    byGenre()
        .forEach(
            (genre, carriers) -> {
              long then = before.getOrDefault(genre, 0L);
              long gained = followers(carriers) - then;
              if (then >= 10_000 && gained > 0) {
                expected.add(
                    List.of(
                        genre,
                        (long) carriers.size(),
                        then,
                        followers(carriers),
                        gained,
                        (double) gained / then));
              }
            });
    expected.sort(Comparator.comparing(row -> -(Double) row.get(5)));

    assertThat(expected).isNotEmpty();
    assertThat(ask("fastest_growing_genres")).isEqualTo(expected);
  }

  @Test
  void genreTrend() {
    TreeSet<LocalDate> days = new TreeSet<>();
    WAREHOUSE.accepted().values().forEach(h -> h.forEach(r -> days.add(day(r))));
    List<String> top =
        byGenre().entrySet().stream()
            .sorted(Comparator.comparing(e -> -followers(e.getValue())))
            .limit(8)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    List<List<Object>> expected = new ArrayList<>();
    for (String genre : top) {
      for (LocalDate day : days) {
        List<Row> carriers =
            WAREHOUSE.accepted().values().stream()
                .map(h -> h.stream().filter(r -> !day(r).isAfter(day)).toList())
                .filter(h -> !h.isEmpty())
                .map(h -> h.get(h.size() - 1))
                .filter(r -> !r.deleted() && r.genres().contains(genre))
                .toList();
        expected.add(List.of(genre, day, followers(carriers), (long) carriers.size()));
      }
    }

    assertThat(top).hasSize(8);
    assertThat(ask("genre_trend")).isEqualTo(expected);
  }

  private static LocalDate day(Row row) {
    return row.observedAt().atZone(ZoneOffset.UTC).toLocalDate();
  }

  @Test
  void everyQueryIsTestedHere() {
    List<String> tests =
        Arrays.stream(QueryAnswersTest.class.getDeclaredMethods())
            .filter(m -> m.isAnnotationPresent(Test.class))
            .map(m -> m.getName().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT))
            .toList();

    assertThat(tests)
        .containsAll(
            Queries.bundled().stream()
                .map(Query::name)
                .map(n -> n.equals("top_artists_of_genre") ? "top_artists_of_each_genre" : n)
                .toList());
  }
}
