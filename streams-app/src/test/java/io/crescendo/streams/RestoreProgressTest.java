package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoreProgressTest {

  private static final TopicPartition FIRST = new TopicPartition("artist-state", 0);
  private static final TopicPartition SECOND = new TopicPartition("genre-parts", 0);

  private final RestoreProgress progress = new RestoreProgress(() -> 0);

  @Test
  void tellsWhatIsLeft() {
    progress.onRestoreStart(FIRST, "artist-state", 100, 2_100);
    progress.onRestoreStart(SECOND, "genre-parts", 0, 10);
    progress.onBatchRestored(FIRST, "artist-state", 999, 800);
    assertThat(progress)
        .hasToString("Restoring state: 1,110 records of 2 changelog partitions are left");
    progress.onRestoreEnd(FIRST, "artist-state", 1_900);
    assertThat(progress)
        .hasToString("Restoring state: 10 records of 1 changelog partitions are left");
  }

  @Test
  void forgetsWhatMovesToAnotherInstance() {
    progress.onRestoreStart(FIRST, "artist-state", 0, 10);
    progress.onRestoreSuspended(FIRST, "artist-state", 0);
    assertThat(progress)
        .hasToString("Restoring state: 0 records of 0 changelog partitions are left");
  }
}
