package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.schemas.GenreFollowers;
import io.crescendo.streams.NaiveTotals.Event;
import io.crescendo.streams.NaiveTotals.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Random histories of few artists in few genres, so that they collide: new, repeated, changed,
 * late, deleted and re-added ones, with and without key and time. After every commit the totals
 * must be what {@link NaiveTotals} computes from scratch.
 */
class TotalsPropertyTest {

  private static final List<String> GENRES = List.of("pop", "dance pop", "rock", "jazz");

  private static Path dir;
  private static Flow flow;
  private static int histories;

  @BeforeContainer
  static void start() throws IOException {
    dir = Files.createTempDirectory("totals");
    flow = new Flow(dir);
  }

  @AfterContainer
  static void stop() throws IOException {
    flow.close();
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 300)
  void keepsTheTotalsThatARecomputationGives(
      @ForAll("history") List<Tuple2<Event, Boolean>> events) {
    String world = newWorld();
    List<Event> sent = new ArrayList<>();
    for (Tuple2<Event, Boolean> step : events) {
      Event event = in(world, step.get1());
      send(event);
      sent.add(event);
      if (step.get2()) {
        checkCommit(world, new NaiveTotals(sent));
      }
    }
    NaiveTotals oracle = new NaiveTotals(sent);
    checkCommit(world, oracle);
    assertThat(flow.artists())
        .extracting(row -> row.getLate() ? Fate.LATE : Fate.ACCEPTED)
        .isEqualTo(oracle.fates().stream().filter(fate -> fate != Fate.REJECTED).toList());
    assertThat(flow.rejects())
        .hasSize((int) oracle.fates().stream().filter(fate -> fate == Fate.REJECTED).count())
        .allMatch(reject -> reject.getReason().equals("unknown_artist_deleted"));
  }

  @Property(tries = 100)
  void isSilentWhenWhatWasAcceptedComesAgain(
      @ForAll("history") List<Tuple2<Event, Boolean>> events) {
    String world = newWorld();
    List<Event> sent = events.stream().map(step -> in(world, step.get1())).toList();
    sent.forEach(TotalsPropertyTest::send);
    flow.commit();
    List<Fate> fates = new NaiveTotals(sent).fates();
    for (int i = 0; i < sent.size(); i++) {
      if (sent.get(i).stated() && fates.get(i) != Fate.REJECTED) {
        send(sent.get(i));
      }
    }
    assertThat(flow.commit()).isEmpty();
    flow.artists();
    flow.rejects();
  }

  @Provide
  Arbitrary<List<Tuple2<Event, Boolean>>> history() {
    Arbitrary<Event> observations =
        Combinators.combine(
                Arbitraries.of("a", "b", "c", "d"),
                Arbitraries.of(true, false),
                Arbitraries.of(GENRES).set().ofMaxSize(4),
                Arbitraries.of("N", "M"),
                Arbitraries.longs().between(0, 5),
                Arbitraries.integers().between(0, 100).injectNull(0.3),
                Arbitraries.integers().between(0, 9).injectNull(0.3),
                Arbitraries.integers().between(0, 9))
            .as(
                (id, keyed, genres, name, followers, popularity, at, timestamp) ->
                    new Event(
                        id,
                        false,
                        false,
                        keyed,
                        List.copyOf(genres),
                        name,
                        followers,
                        popularity,
                        at,
                        timestamp));
    Arbitrary<Event> deletions =
        Combinators.combine(
                Arbitraries.of("a", "b", "c", "d"),
                Arbitraries.of(true, false),
                Arbitraries.of(true, false),
                Arbitraries.integers().between(0, 9).injectNull(0.3),
                Arbitraries.integers().between(0, 9))
            .as(
                (id, tombstone, keyed, at, timestamp) ->
                    new Event(id, true, tombstone, keyed, List.of(), "", 0, null, at, timestamp));
    Arbitrary<Event> all =
        Arbitraries.frequencyOf(Tuple.of(4, observations), Tuple.of(1, deletions));
    return Combinators.combine(all, Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true)))
        .as((event, commit) -> Tuple.of(event, commit))
        .list()
        .ofMaxSize(40);
  }

  private static void checkCommit(String world, NaiveTotals oracle) {
    assertThat(flow.commit()).extracting(GenreFollowers::getGenre).doesNotHaveDuplicates();
    for (String plain : GENRES) {
      String genre = world + plain;
      GenreFollowers row = flow.genre(genre);
      List<Event> ranking = oracle.ranking(genre);
      if (row == null) {
        assertThat(ranking).as(genre).isEmpty();
      } else {
        assertThat(row).matches(oracle::agreesWith, "is what a recomputation gives: " + ranking);
      }
      List<Place> places =
          ranking.stream()
              .map(event -> new Place(event.artist(), event.name(), event.followers()))
              .toList();
      assertThat(flow.top(genre, 10)).isEqualTo(places);
      assertThat(flow.top(genre, 2)).isEqualTo(places.stream().limit(2).toList());
      if (ranking.isEmpty()) {
        assertThat(flow.store(GenreProcessor.REPORTS).get(genre)).as(genre).isNull();
      }
    }
  }

  private static void send(Event event) {
    flow.send(
        event.keyed() || event.tombstone() ? event.artist() : null,
        event.tombstone() ? null : event.json(),
        Instant.ofEpochSecond(event.timestamp()));
  }

  /** Each history has artists and genres of its own, so that all can share one running flow. */
  private static String newWorld() {
    return "w" + histories++ + " ";
  }

  private static Event in(String world, Event event) {
    return new Event(
        world + event.artist(),
        event.deletion(),
        event.tombstone(),
        event.keyed(),
        event.genres().stream().map(genre -> world + genre).toList(),
        event.name(),
        event.followers(),
        event.popularity(),
        event.observedAt(),
        event.timestamp());
  }
}
