package io.crescendo.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TopicsTest {

  @Test
  void findsATopicByItsName() {
    assertThat(Topics.named("genre-followers")).isSameAs(Topics.GENRE_FOLLOWERS);
  }

  @Test
  void listsTheTopicsWhenThereIsNoneOfThatName() {
    assertThatThrownBy(() -> Topics.named("artist"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "No topic 'artist' in the pipeline; its topics are"
                + " csv-progress, artist-updates, artist-rejects, artists, genre-followers");
  }

  @Test
  void keepsTotalsByGenreAndProgressOfFilesAndOnlyThoseForEver() {
    assertThat(Topics.ALL)
        .filteredOn(t -> t.config().get("cleanup.policy").equals("compact"))
        .containsExactly(Topics.CSV_PROGRESS, Topics.GENRE_FOLLOWERS);
  }
}
