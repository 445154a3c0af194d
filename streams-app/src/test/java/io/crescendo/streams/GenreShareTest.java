package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GenreShareTest {

  @Test
  void makesOneListOfAllPartitions() {
    GenreShare one = share(Set.of(2, 0), genre("a", 5), genre("b", 3));
    GenreShare two = share(Set.of(1), genre("c", 4));
    assertThat(GenreShare.whole(List.of(one, two), 3, 2))
        .extracting(Answers.Genre::genre)
        .containsExactly("a", "c");
  }

  @Test
  void makesNoListWhereAPartitionIsMissing() {
    assertThatThrownBy(() -> GenreShare.whole(List.of(share(Set.of(0, 2))), 3, 10))
        .isInstanceOf(Unanswered.class)
        .hasMessageStartingWith(
            "Genres lie in 3 partitions, and the instances told of [0, 2]; ask again in a moment.")
        .hasMessageEndingWith("set http.advertised on each");
    assertThatThrownBy(() -> GenreShare.whole(List.of(), 3, 10)).isInstanceOf(Unanswered.class);
  }

  @Test
  void makesNoListWhereAPartitionCameTwice() {
    GenreShare before = share(Set.of(0, 1), genre("a", 5));
    GenreShare after = share(Set.of(1), genre("a", 5));
    assertThatThrownBy(() -> GenreShare.whole(List.of(before, after), 2, 10))
        .isInstanceOf(Unanswered.class)
        .hasMessageContaining("told of [0, 1, 1]");
    assertThatThrownBy(() -> GenreShare.whole(List.of(before, after), 3, 10))
        .isInstanceOf(Unanswered.class);
  }

  @Test
  void travelsAsAHeader() {
    GenreShare share = share(Set.of(10, 2, 0));
    assertThat(share.header()).isEqualTo("0,2,10");
    assertThat(GenreShare.of("0,2,10", List.of())).isEqualTo(share);
    assertThat(GenreShare.of(share(Set.of()).header(), List.of()).partitions()).isEmpty();
  }

  @Test
  void readsGenresOfANewerVersion() throws JsonProcessingException {
    String json = Answers.json(List.of(genre("a", 5))).replace("{", "{\"mood\":\"blue\",");
    assertThat(Answers.genres(json)).containsExactly(genre("a", 5));
  }

  private static GenreShare share(Set<Integer> partitions, Answers.Genre... genres) {
    return new GenreShare(partitions, List.of(genres));
  }

  private static Answers.Genre genre(String name, long followers) {
    return new Answers.Genre(name, null, 1, followers, null, null, "2026-01-01T00:00:00Z");
  }
}
