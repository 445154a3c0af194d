package io.crescendo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.streams.GenreParts.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.utils.Bytes;

/**
 * Artists that join, rise, fall, are renamed and leave at random, more than there are places at
 * hand. What is told, and who comes first, must be what a look at all states gives.
 */
class GenreIndexPropertyTest {

  private static final List<String> GENRES = List.of("pop", "rock", "jazz");

  private final Map<Bytes, ArtistState> states = new HashMap<>();

  @Property(tries = 500)
  void tellsWhatALookAtAllStatesGives(@ForAll long seed) {
    Random random = new Random(seed);
    states.clear();
    GenreIndex index = new GenreIndex(new HomePartition(1), 1 + random.nextInt(3));
    Map<String, GenreTotal> told = new HashMap<>();
    for (int i = 0; i < 80; i++) {
      Bytes id = Bytes.wrap(Integer.toString(random.nextInt(8)).getBytes(UTF_8));
      ArtistState before = states.get(id);
      ArtistState after = state(random, before, i);
      states.put(id, after);
      index.change(id, before, after, i);
      if (random.nextInt(4) == 0) {
        for (Part part : index.takeChanged(states::get, 0).get(0)) {
          told.put(part.genre(), part.total());
        }
        for (String genre : GENRES) {
          GenreTotal total = told.getOrDefault(genre, GenreTotal.EMPTY);
          assertThat(total).as(genre).matches(expected(genre)::saysWhat, "is " + expected(genre));
        }
      }
      String genre = GENRES.get(random.nextInt(GENRES.size()));
      int places = 1 + random.nextInt(8);
      assertThat(index.top(genre, places, states::get))
          .isEqualTo(ranking(genre).stream().limit(places).toList());
    }
  }

  private GenreTotal expected(String genre) {
    List<ArtistState> there =
        states.values().stream().filter(state -> carries(state, genre)).toList();
    List<Place> ranking = ranking(genre);
    return new GenreTotal(
        there.size(),
        there.stream().mapToLong(ArtistState::followers).sum(),
        there.stream().filter(a -> a.popularity() != null).mapToLong(ArtistState::popularity).sum(),
        there.stream().filter(a -> a.popularity() != null).count(),
        ranking.isEmpty() ? null : ranking.get(0),
        0);
  }

  private List<Place> ranking(String genre) {
    return states.entrySet().stream()
        .filter(artist -> carries(artist.getValue(), genre))
        .map(a -> Place.of(a.getKey(), a.getValue().name(), a.getValue().followers()))
        .sorted()
        .toList();
  }

  private static boolean carries(ArtistState state, String genre) {
    return !state.deleted() && state.genres().contains(genre);
  }

  private static ArtistState state(Random random, ArtistState before, long now) {
    boolean rename = before == null || random.nextInt(4) == 0;
    boolean move = before == null || random.nextInt(3) == 0;
    return new ArtistState(
        rename ? "name " + random.nextInt(3) : before.name(),
        move ? GENRES.stream().filter(g -> random.nextInt(3) > 0).toList() : before.genres(),
        random.nextInt(6),
        random.nextBoolean() ? null : (Integer) random.nextInt(101),
        now,
        0,
        now,
        random.nextInt(6) == 0 ? now : ArtistState.PRESENT);
  }
}
