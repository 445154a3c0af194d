package io.crescendo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.streams.GenreParts.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class GenreIndexTest {

  private static final long NOW = 99_000;

  private final GenreIndex index = new GenreIndex(new HomePartition(1));
  private final Map<Bytes, ArtistState> states = new HashMap<>();

  @Test
  void tellsOnlyOfTheGenresInWhichAnArtistHasChanged() {
    ArtistState before = artist("A", 10, 50, 1, "pop", "rock");
    add(id("a"), before);
    taken();
    change(id("a"), before, artist("A", 10, 60, 2, "pop", "jazz"), 7);
    assertThat(taken()).extracting(Part::genre).containsExactlyInAnyOrder("rock", "jazz");
    assertThat(index.hasChanged()).isFalse();
    assertThat(taken()).isEmpty();
  }

  @Test
  void countsUpdatesThatChangeNoGenreAsWell() {
    ArtistState seen = artist("A", 10, 50, 3, "pop");
    add(id("a"), seen);
    add(id(""), ArtistState.deletedUnseen(0, 40, 0, NOW));
    taken();
    change(id("a"), seen, seen.withOneMoreUpdate(49), 7);
    assertThat(index.hasChanged()).isFalse();
    assertThat(index.version()).isEqualTo(44);
  }

  @Test
  void datesAPartByTheNewestUpdateSinceItWasTold() {
    ArtistState first = artist("A", 10, 50, 1, "pop");
    ArtistState second = artist("A", 20, 40, 2, "pop");
    add(id("a"), first);
    assertThat(taken().get(0).timestamp()).as("of no update").isEqualTo(NOW);
    change(id("a"), first, second, 900);
    change(id("b"), null, artist("B", 5, 60, 1, "pop"), 800);
    Part part = taken().get(0);
    assertThat(part.timestamp()).isEqualTo(900);
    assertThat(part.total().asOf()).isEqualTo(60);
    change(id("a"), second, artist("A", 30, 55, 3, "pop"), 850);
    part = taken().get(0);
    assertThat(part.timestamp()).isEqualTo(850);
    assertThat(part.total().asOf()).isEqualTo(60);
  }

  @Test
  void tellsOfAGenreThatNobodyCarriesAnyMore() {
    ArtistState before = artist("A", 10, 50, 1, "pop");
    add(id("a"), before);
    taken();
    change(id("a"), before, new ArtistState("A", List.of("pop"), 10, 3, 60, 1, 2, NOW), 7);
    assertThat(taken()).extracting(Part::total).containsExactly(GenreTotal.EMPTY.asOf(60));
    assertThat(index.top("pop", 10, states::get)).isEmpty();
    add(id("b"), artist("B", 5, 40, 1, "pop"));
    assertThat(taken().get(0).total().asOf()).as("nothing is kept of before").isEqualTo(40);
  }

  @Test
  void ranksByFollowersThenByTheBytesOfTheId() {
    for (String id : List.of("b", "\u00e9", "a")) {
      add(id(id), artist(id, 10, 50, 1, "pop"));
    }
    add(id("most"), artist("most", 11, 50, 1, "pop"));
    assertThat(index.top("pop", 3, states::get))
        .extracting(Place::artist)
        .containsExactly("most", "a", "b");
  }

  private List<Part> taken() {
    return index.takeChanged(states::get, NOW).get(0);
  }

  private void add(Bytes id, ArtistState state) {
    states.put(id, state);
    index.add(id, state);
  }

  private void change(Bytes id, ArtistState before, ArtistState after, long timestamp) {
    states.put(id, after);
    index.change(id, before, after, timestamp);
  }

  private static Bytes id(String text) {
    return Bytes.wrap(text.getBytes(UTF_8));
  }

  private static ArtistState artist(
      String name, long followers, long observedAt, long updates, String... genres) {
    return new ArtistState(
        name, List.of(genres), followers, 3, observedAt, 1, updates, ArtistState.PRESENT);
  }
}
