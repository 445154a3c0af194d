package io.crescendo.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.connect.s3.store.InMemoryObjectStore;
import io.crescendo.connect.s3.store.InMemoryObjectStore.Failure;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Partitions whose consumer goes back without being asked to, as where its offset is gone. */
class JumpBackTest {

  private static final TopicPartition ZERO = new TopicPartition("t", 0);
  private static final TopicPartition ONE = new TopicPartition("t", 1);

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final ManualClock clock = new ManualClock();
  private final LocalWorker worker =
      new LocalWorker(Landed.properties("flush.size", "5"), store, new SameThread(), clock, false);

  @Test
  void startsOverWhereAPartitionJumpsBack() {
    produce(1, 0, 20);
    worker.start();
    worker.pollAll(20);
    worker.jump(ONE, 0);
    produce(1, 20, 30);
    worker.poll(13);
    worker.pollAll(13);
    Landed.assertEachOnce(store, 30);
    worker.commit(worker.positions().keySet());
    assertThat(worker.committed()).containsEntry(ONE, 30L);
  }

  @Test
  void startsOverThoughThePutThatBringsItFailsBeforeItComesToIt() {
    produce(0, 0, 1);
    produce(1, 0, 20);
    worker.start();
    worker.pollAll(20);
    produce(0, 1, 15);
    produce(1, 20, 30);
    worker.jump(ONE, 0);
    store.fail(Failure.UNAVAILABLE);
    worker.poll(14);
    assertThat(worker.redelivers()).as("partition 0 waits for the store").isTrue();
    clock.advance(Duration.ofMillis(1));
    worker.pollAll(14);
    Landed.assertEachOnce(store, 45);
    worker.commit(worker.positions().keySet());
    assertThat(worker.committed()).containsEntry(ZERO, 15L).containsEntry(ONE, 30L);
  }

  @Test
  void takesNothingTwiceOfAPutThatFailsAfterItHasJumpedBack() {
    produce(0, 0, 1);
    produce(1, 0, 20);
    worker.start();
    worker.pollAll(20);
    produce(1, 20, 30);
    worker.jump(ONE, 0);
    // The first file of what is read again meets its object, and cannot ask what that holds.
    store.failReads(Failure.UNAVAILABLE);
    worker.poll(13);
    assertThat(worker.redelivers()).as("partition 1 waits for the store").isTrue();
    clock.advance(Duration.ofMillis(1));
    worker.pollAll(13);
    Landed.assertEachOnce(store, 30);
    worker.commit(worker.positions().keySet());
    assertThat(worker.committed()).containsEntry(ONE, 30L);
  }

  private void produce(int partition, int from, int to) {
    for (int i = from; i < to; i++) {
      worker.produce(Landed.record(partition, i, "pop", i));
    }
  }
}
