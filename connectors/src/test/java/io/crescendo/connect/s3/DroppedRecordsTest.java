package io.crescendo.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.connect.s3.store.InMemoryObjectStore;
import io.crescendo.connect.s3.store.InMemoryObjectStore.Failure;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Records that Connect reads, and drops before the task: by a filter, or as nothing reads them. */
class DroppedRecordsTest {

  private static final TopicPartition ZERO = new TopicPartition("t", 0);
  private static final TopicPartition ONE = new TopicPartition("t", 1);

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final LocalWorker worker =
      new LocalWorker(
          Landed.properties("flush.size", "3"), store, new SameThread(), new ManualClock(), false);

  @Test
  void areNotReadAgainWhereAPartitionHasNothingElse() {
    drop(0, 5);
    worker.start();
    worker.pollAll(10);
    worker.commit(worker.positions().keySet());
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 5L));
  }

  @Test
  void areNotReadAgainOnceWhatCameBeforeThemHasLanded() {
    produce(0, 2);
    drop(2, 4);
    worker.start();
    worker.pollAll(10);
    worker.commit(worker.positions().keySet());
    assertThat(worker.committed()).as("two rows wait").isEqualTo(Map.of(ZERO, 0L));
    produce(4, 5);
    drop(5, 7);
    worker.pollAll(10);
    worker.commit(worker.positions().keySet());
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 7L));
    assertThat(Landed.occurrences(store)).hasSize(3);
  }

  /** Until a put succeeds, Connect holds where it was before the consumer went back. */
  @Test
  void sayNothingOfRowsThatHaveTakenTheirOffsets() {
    LocalWorker worker =
        new LocalWorker(
            Landed.properties("flush.size", "1", "behavior.on.null.values", "ignore"),
            store,
            new SameThread(),
            new ManualClock(),
            false);
    for (int i = 0; i < 5; i++) {
      worker.produceDropped(Landed.record(0, i, "pop", i));
    }
    worker.start();
    worker.pollAll(10);
    worker.produce(Landed.record(1, 0, "pop", 0));
    worker.produce(Landed.record(1, 1, "pop", 1));
    worker.open(Set.of(ONE));
    store.fail(Failure.UNAVAILABLE, Failure.UNAVAILABLE, Failure.UNAVAILABLE);
    worker.poll(1);
    worker.recreate(ZERO);
    worker.produce(Landed.record(0, 0, "pop", 0).newRecord("t", 0, null, null, null, null, 0L));
    worker.produce(Landed.record(0, 1, "pop", 1));
    worker.poll(1);
    assertThat(worker.redelivers()).as("partition 1 waits for the store").isTrue();
    worker.commit(Set.of(ZERO));
    assertThat(worker.committed()).containsEntry(ZERO, 1L);
  }

  private void produce(int from, int to) {
    for (int i = from; i < to; i++) {
      worker.produce(Landed.record(0, i, "pop", i));
    }
  }

  private void drop(int from, int to) {
    for (int i = from; i < to; i++) {
      worker.produceDropped(Landed.record(0, i, "pop", i));
    }
  }
}
