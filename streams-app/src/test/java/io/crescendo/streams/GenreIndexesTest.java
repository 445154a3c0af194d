package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GenreIndexesTest {

  @Test
  void keepsTheIndexOfANewOwnerWhenTheFormerOneEnds() {
    GenreIndexes indexes = new GenreIndexes();
    GenreIndex former = new GenreIndex(new HomePartition(1));
    GenreIndex now = new GenreIndex(new HomePartition(1));
    indexes.add(0, former);
    indexes.add(0, now);
    indexes.remove(0, former);
    assertThat(indexes.of(0)).containsSame(now);
    indexes.remove(0, now);
    assertThat(indexes.of(0)).isEmpty();
  }
}
