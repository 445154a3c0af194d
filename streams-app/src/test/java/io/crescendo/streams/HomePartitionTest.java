package io.crescendo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class HomePartitionTest {

  private final HomePartition home = new HomePartition(4);

  @Property
  void isWhereTheJavaClientPlacesAKey(
      @ForAll @NotEmpty String id, @ForAll @IntRange(min = 1, max = 50) int partitions) {
    byte[] bytes = id.getBytes(UTF_8);
    assertThat(new HomePartition(partitions).of(bytes))
        .isEqualTo(BuiltInPartitioner.partitionForKey(bytes, partitions));
  }

  @Test
  void holdsARecordKeyedByItsIdOnItsPartition() {
    byte[] key = "x1".getBytes(UTF_8);
    assertThat(home.holds(key, "x1", home.of(key))).isTrue();
  }

  @Test
  void doesNotHoldARecordOnAnotherPartition() {
    byte[] key = "x1".getBytes(UTF_8);
    assertThat(home.holds(key, "x1", (home.of(key) + 1) % 4)).isFalse();
  }

  @Test
  void doesNotHoldARecordWithoutKeyEvenOnTheRightPartition() {
    int right = home.of("x1".getBytes(UTF_8));
    assertThat(home.holds(null, "x1", right)).isFalse();
    assertThat(home.holds(new byte[0], "x1", right)).isFalse();
  }

  @Test
  void doesNotHoldARecordWhoseKeyIsTheIdInOtherBytes() {
    byte[] spaced = " x1".getBytes(UTF_8);
    assertThat(home.holds(spaced, "x1", home.of(spaced))).isFalse();
  }

  @Test
  void doesNotHoldARecordOnAPartitionAddedLater() {
    byte[] key = "x1".getBytes(UTF_8);
    assertThat(home.holds(key, "x1", 4)).isFalse();
  }
}
