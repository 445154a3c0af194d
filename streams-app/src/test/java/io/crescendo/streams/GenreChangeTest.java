package io.crescendo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.streams.GenreChange.Share;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GenreChangeTest {

  private static final Share BEFORE = new Share(5, 40);
  private static final Share AFTER = new Share(6, null);

  @Test
  void travelsInOneRecordForEachPartitionOfItsGenres() {
    HomePartition home = new HomePartition(4);
    List<String> genres = IntStream.range(0, 20).mapToObj(i -> "genre " + i).toList();
    GenreChange change = new GenreChange("a", "A", BEFORE, AFTER, genres, 7);
    List<GenreChange> parts = change.byPartition(home);
    assertThat(parts).hasSize(4);
    assertThat(parts)
        .allSatisfy(
            part -> {
              assertThat(part.genres())
                  .allMatch(genre -> home.of(genre.getBytes(UTF_8)) == home.of(part.key()));
              assertThat(part)
                  .isEqualTo(new GenreChange("a", "A", BEFORE, AFTER, part.genres(), 7));
            });
    assertThat(parts.stream().flatMap(part -> part.genres().stream()))
        .containsExactlyInAnyOrderElementsOf(genres);
  }
}
