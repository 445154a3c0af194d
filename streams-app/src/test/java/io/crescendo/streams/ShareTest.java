package io.crescendo.streams;

import static io.crescendo.streams.Answers.Genre.BY_FOLLOWERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.crescendo.streams.Answers.Genre;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShareTest {

  @Test
  void makesOneListOfAllPartitions() {
    Share<Genre> one = share(Set.of(2, 0), genre("a", 5), genre("b", 3));
    Share<Genre> two = share(Set.of(1), genre("c", 4));
    assertThat(Share.whole(List.of(one, two), 3, BY_FOLLOWERS, 2))
        .extracting(Genre::genre)
        .containsExactly("a", "c");
  }

  @Test
  void makesNoListWhereAPartitionIsMissing() {
    assertThatThrownBy(() -> Share.whole(List.of(share(Set.of(0, 2))), 3, BY_FOLLOWERS, 10))
        .isInstanceOf(Unanswered.class)
        .hasMessageStartingWith(
            "The state lies in 3 partitions, and the instances told of [0, 2]; ask again in a moment.")
        .hasMessageEndingWith("set http.advertised on each");
    assertThatThrownBy(() -> Share.whole(List.<Share<Genre>>of(), 3, BY_FOLLOWERS, 10))
        .isInstanceOf(Unanswered.class);
  }

  @Test
  void makesNoListWhereAPartitionCameTwice() {
    Share<Genre> before = share(Set.of(0, 1), genre("a", 5));
    Share<Genre> after = share(Set.of(1), genre("a", 5));
    assertThatThrownBy(() -> Share.whole(List.of(before, after), 2, BY_FOLLOWERS, 10))
        .isInstanceOf(Unanswered.class)
        .hasMessageContaining("told of [0, 1, 1]");
    assertThatThrownBy(() -> Share.whole(List.of(before, after), 3, BY_FOLLOWERS, 10))
        .isInstanceOf(Unanswered.class);
  }

  @Test
  void travelsAsAHeader() {
    Share<Genre> share = share(Set.of(10, 2, 0));
    assertThat(share.header()).isEqualTo("0,2,10");
    assertThat(Share.of("0,2,10", List.of())).isEqualTo(share);
    assertThat(Share.of(share(Set.of()).header(), List.of()).partitions()).isEmpty();
  }

  @Test
  void readsGenresOfANewerVersion() throws JsonProcessingException {
    String json = Answers.json(List.of(genre("a", 5))).replace("{", "{\"mood\":\"blue\",");
    assertThat(Answers.genres(json)).containsExactly(genre("a", 5));
  }

  private static Share<Genre> share(Set<Integer> partitions, Genre... genres) {
    return new Share<>(partitions, List.of(genres));
  }

  private static Genre genre(String name, long followers) {
    return new Genre(name, null, 1, followers, null, null, "2026-01-01T00:00:00Z");
  }
}
