package io.crescendo.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.crescendo.connect.s3.store.Content;
import io.crescendo.connect.s3.store.InMemoryObjectStore;
import io.crescendo.connect.s3.store.InMemoryObjectStore.Failure;
import io.crescendo.connect.s3.store.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** A task whose records are bad, or whose store is slow or says no. */
class TaskFailureTest {

  private static final TopicPartition ZERO = new TopicPartition("t", 0);

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final ManualClock clock = new ManualClock();
  private final AtomicInteger answers = new AtomicInteger();

  @Test
  void passesOverABadRecordWhereBadRecordsAreToleratedThoughNothingTakesThem() {
    LocalWorker worker = worker("flush.size", "1", "errors.tolerance", "all");
    worker.produce(bytes(0, new byte[0]));
    worker.produce(Landed.record(0, 1, "pop", 1));
    worker.start();
    worker.pollAll(10);
    worker.poll(1);
    assertThat(worker.metric("records-rejected-total")).isOne();
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 2L));
    assertThat(Landed.occurrences(store).keySet()).containsExactly("0/1");
  }

  @Test
  void doesNotReportABadRecordAgainWhenItIsReadAgain() {
    LocalWorker first = worker("flush.size", "1");
    first.produce(Landed.record(0, 0, "pop", 1));
    first.start();
    first.poll(1);
    LocalWorker worker = worker(true, "flush.size", "3");
    worker.produce(Landed.record(0, 0, "pop", 1));
    worker.produce(bytes(1, new byte[0]));
    worker.produce(Landed.record(0, 2, "pop", 1));
    worker.produce(Landed.record(0, 3, "pop", 1));
    worker.produce(Landed.record(0, 4, "pop", 1));
    worker.produce(Landed.record(0, 5, "pop", 1));
    worker.start();
    worker.pollAll(10);
    worker.poll(1);
    assertThat(Landed.occurrences(store).keySet()).containsExactly("0/0", "0/2", "0/3");
    assertThat(worker.deadLetters()).hasSize(1);
  }

  @Test
  void givesConnectTheThreadBackWhileAnUploadLasts() {
    List<Runnable> held = new ArrayList<>();
    AtomicBoolean holding = new AtomicBoolean(true);
    ExecutorService executor =
        new SameThread() {
          @Override
          public void execute(Runnable command) {
            if (holding.get()) {
              clock.advance(Patience.WHOLE);
              held.add(command);
            } else {
              command.run();
            }
          }
        };
    LocalWorker worker =
        new LocalWorker(Landed.properties("flush.size", "1"), store, executor, clock, false);
    produce(worker, 0, 4);
    worker.start();
    assertTimeoutPreemptively(Duration.ofSeconds(60), () -> worker.poll(10));
    assertThat(worker.redelivers()).isTrue();
    holding.set(false);
    held.forEach(Runnable::run);
    worker.pollAll(10);
    worker.poll(1);
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 4L));
    Landed.assertEachOnce(store, 4);
  }

  @Test
  void landsThoughItMayNotAskWhetherAnObjectExists() {
    LocalWorker worker = worker("flush.size", "2");
    produce(worker, 0, 8);
    worker.start();
    worker.pollAll(10);
    worker.kill();
    worker.resetOffsets(0);
    produce(worker, 8, 12);
    worker.start();
    // The objects met in place of files may be read; others may not be asked for.
    store.failReads(Failure.NONE, Failure.NONE, Failure.FORBIDDEN);
    worker.pollAll(10);
    worker.poll(1);
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 12L));
    Landed.assertEachOnce(store, 12);
  }

  @Test
  void waitsWhereAskingForAnObjectFailsForAReasonThatMayPass() {
    LocalWorker worker = worker("flush.size", "2");
    produce(worker, 0, 8);
    worker.start();
    worker.pollAll(10);
    worker.kill();
    worker.resetOffsets(0);
    worker.start();
    store.failReads(Failure.NONE, Failure.NONE, Failure.UNAVAILABLE);
    for (int i = 0; i < 10; i++) {
      worker.poll(10);
      clock.advance(Duration.ofMillis(1));
    }
    worker.commit(Set.of(ZERO));
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 8L));
    Landed.assertEachOnce(store, 8);
  }

  @Test
  void looksNoLongerForWhatHasLandedThanAPutMayTake() {
    LocalWorker worker =
        new LocalWorker(
            Landed.properties("flush.size", "1"),
            new SlowToAnswer(),
            new SameThread(),
            clock,
            false);
    produce(worker, 0, 10);
    worker.start();
    worker.pollAll(10);
    worker.kill();
    worker.resetOffsets(0);
    worker.start();
    worker.poll(1);
    answers.set(0);
    worker.poll(9);
    assertThat(worker.redelivers()).isTrue();
    assertThat(answers).hasValue(3);
    worker.pollAll(10);
    worker.commit(Set.of(ZERO));
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 10L));
    Landed.assertEachOnce(store, 10);
  }

  @Test
  void commitsWhatLandedInAPutThatFailedOnceOneSucceeds() {
    TopicPartition one = new TopicPartition("t", 1);
    LocalWorker worker = worker("flush.size", "2");
    produce(worker, 0, 1);
    for (int i = 0; i < 4; i++) {
      worker.produce(Landed.record(1, i, "pop", i));
    }
    worker.start();
    worker.pollAll(10);
    worker.kill();
    worker.committed().put(one, 0L);
    worker.start();
    worker.poll(2);
    // Partition 0 lands; then partition 1 asks for its second object, and gets no answer.
    produce(worker, 1, 2);
    store.failReads(Failure.UNAVAILABLE);
    worker.poll(1);
    assertThat(worker.redelivers()).isTrue();
    assertThat(Landed.occurrences(store)).containsKeys("0/0", "0/1");
    assertThat(worker.committed().getOrDefault(ZERO, 0L)).isZero();
    worker.poll(1);
    assertThat(worker.redelivers()).isFalse();
    assertThat(worker.committed()).containsEntry(ZERO, 2L);
    assertThat(worker.refused()).isFalse();
  }

  @Test
  void refusesToAdoptWhatAnotherCompatibilityHasLanded() {
    LocalWorker apart = worker("flush.size", "4");
    produce(apart, 0, 4);
    apart.start();
    apart.pollAll(10);
    LocalWorker together = worker("flush.size", "4", "schema.compatibility", "BACKWARD");
    produce(together, 0, 4);
    together.start();
    assertThatThrownBy(() -> together.pollAll(10))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("was landed with schema.compatibility=NONE, which puts other rows");
  }

  @Test
  void saysThatAnObjectExistsWhichItMayNotAskFor() {
    LocalWorker worker = worker("flush.size", "2");
    produce(worker, 0, 2);
    worker.start();
    worker.pollAll(10);
    worker.resetOffsets(0);
    worker.kill();
    worker.start();
    store.failReads(Failure.FORBIDDEN, Failure.FORBIDDEN);
    assertThatThrownBy(() -> worker.pollAll(10))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining(
            "t+0+0000000000.zstd.parquet was not landed; the task stops, and its rows are read again"
                + " when it restarts: it exists, and could not be asked how far it reaches: topics/");
  }

  /** Takes ten seconds of the clock to say whether an object exists. */
  private final class SlowToAnswer implements ObjectStore {

    @Override
    public void checkPlace() {}

    @Override
    public boolean create(String key, Content content, Map<String, String> metadata) {
      return store.create(key, content, metadata);
    }

    @Override
    public Optional<Map<String, String>> metadata(String key) {
      return store.metadata(key);
    }

    @Override
    public Optional<Map<String, String>> metadata(String key, Duration longest) {
      clock.advance(Duration.ofSeconds(10));
      answers.incrementAndGet();
      return store.metadata(key, longest);
    }

    @Override
    public void close() {}
  }

  private LocalWorker worker(String... properties) {
    return worker(false, properties);
  }

  private LocalWorker worker(boolean tolerant, String... properties) {
    return new LocalWorker(Landed.properties(properties), store, new SameThread(), clock, tolerant);
  }

  private static void produce(LocalWorker worker, int from, int to) {
    for (int i = from; i < to; i++) {
      worker.produce(Landed.record(0, i, i % 2 == 0 ? "pop" : "rap", i));
    }
  }

  private static SinkRecord bytes(long offset, byte[] value) {
    return new SinkRecord(
        "t", 0, null, null, Schema.BYTES_SCHEMA, value, offset, 1L, TimestampType.CREATE_TIME);
  }
}
