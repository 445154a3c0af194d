package io.crescendo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.streams.GenreParts.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenreIndexTest {

  private static final long NOW = 99_000;

  private final GenreIndex index = new GenreIndex(new HomePartition(1));

  @Test
  void tellsOnlyOfTheGenresInWhichAnArtistHasChanged() {
    ArtistState before = artist("A", 10, 50, 1, "pop", "rock");
    index.add(id("a"), before);
    taken();
    index.change(id("a"), before, artist("A", 10, 60, 2, "pop", "jazz"), 7);
    assertThat(taken()).extracting(Part::genre).containsExactlyInAnyOrder("rock", "jazz");
    assertThat(index.hasChanged()).isFalse();
    assertThat(taken()).isEmpty();
  }

  @Test
  void countsUpdatesThatChangeNoGenreAsWell() {
    ArtistState seen = artist("A", 10, 50, 3, "pop");
    index.add(id("a"), seen);
    index.add(id(""), ArtistState.deletedUnseen(0, 40, 0, NOW));
    taken();
    index.change(id("a"), seen, seen.withOneMoreUpdate(49), 7);
    assertThat(index.hasChanged()).isFalse();
    assertThat(index.version()).isEqualTo(44);
  }

  @Test
  void datesAPartByTheNewestUpdateSinceItWasTold() {
    ArtistState first = artist("A", 10, 50, 1, "pop");
    ArtistState second = artist("A", 20, 40, 2, "pop");
    index.add(id("a"), first);
    assertThat(taken().get(0).timestamp()).as("of no update").isEqualTo(NOW);
    index.change(id("a"), first, second, 900);
    index.change(id("b"), null, artist("B", 5, 60, 1, "pop"), 800);
    Part part = taken().get(0);
    assertThat(part.timestamp()).isEqualTo(900);
    assertThat(part.total().asOf()).isEqualTo(60);
    index.change(id("a"), second, artist("A", 30, 55, 3, "pop"), 850);
    part = taken().get(0);
    assertThat(part.timestamp()).isEqualTo(850);
    assertThat(part.total().asOf()).isEqualTo(60);
  }

  @Test
  void tellsOfAGenreThatNobodyCarriesAnyMore() {
    ArtistState before = artist("A", 10, 50, 1, "pop");
    index.add(id("a"), before);
    taken();
    index.change(id("a"), before, new ArtistState("A", List.of("pop"), 10, 3, 60, 1, 2, NOW), 7);
    assertThat(taken()).extracting(Part::total).containsExactly(GenreTotal.EMPTY.asOf(60));
    assertThat(index.top("pop", 10)).isEmpty();
    index.add(id("b"), artist("B", 5, 40, 1, "pop"));
    assertThat(taken().get(0).total().asOf()).as("nothing is kept of before").isEqualTo(40);
  }

  @Test
  void ranksByFollowersThenByTheBytesOfTheId() {
    for (String id : List.of("b", "\u00e9", "a")) {
      index.add(id(id), artist(id, 10, 50, 1, "pop"));
    }
    index.add(id("most"), artist("most", 11, 50, 1, "pop"));
    assertThat(index.top("pop", 3))
        .extracting(rank -> new String(rank.id(), UTF_8))
        .containsExactly("most", "a", "b");
  }

  private List<Part> taken() {
    return index.takeChanged(id -> new String(id, UTF_8), NOW).get(0);
  }

  private static byte[] id(String text) {
    return text.getBytes(UTF_8);
  }

  private static ArtistState artist(
      String name, long followers, long observedAt, long updates, String... genres) {
    return new ArtistState(
        name, List.of(genres), followers, 3, observedAt, 1, updates, ArtistState.PRESENT);
  }
}
