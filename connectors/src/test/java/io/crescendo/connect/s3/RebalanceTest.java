package io.crescendo.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.connect.s3.store.Content;
import io.crescendo.connect.s3.store.InMemoryObjectStore;
import io.crescendo.connect.s3.store.InMemoryObjectStore.Failure;
import io.crescendo.connect.s3.store.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Partitions that move away from a task, or come back to it, while it does something. */
class RebalanceTest {

  private static final TopicPartition ZERO = new TopicPartition("t", 0);
  private static final TopicPartition ONE = new TopicPartition("t", 1);

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final ManualClock clock = new ManualClock();

  @Test
  void passesOverRecordsThatComeAgainThoughTheirPartitionMovedAway() {
    LocalWorker worker = failed(true);
    worker.close(Set.of(ZERO));
    assertThat(worker.redelivers()).as("behind a topic of another name").isTrue();
    worker.poll(10);
    assertThat(worker.redelivers()).isFalse();
    worker.open(Set.of(ZERO));
    assertAllLandOnce(worker);
  }

  @Test
  void startsAtTheCommittedOffsetThoughLaterRecordsComeAgainFirst() {
    LocalWorker worker = failed(true);
    worker.close(Set.of(ZERO));
    worker.open(Set.of(ZERO));
    assertThat(worker.redelivers()).isTrue();
    assertAllLandOnce(worker);
  }

  @Test
  void startsAtTheCommittedOffsetWhereNothingComesAgain() {
    LocalWorker worker = failed(false);
    worker.close(Set.of(ZERO));
    worker.open(Set.of(ZERO));
    assertThat(worker.redelivers()).isFalse();
    assertAllLandOnce(worker);
  }

  @Test
  void takesWhatItAskedForThoughThePutThatFailedMeanwhileNeverComesAgain() {
    LocalWorker other = worker("flush.size", "1");
    other.produce(Landed.record(0, 0, "pop", 0));
    other.start();
    other.pollAll(1);
    LocalWorker worker = worker("flush.size", "2");
    for (int i = 0; i < 4; i++) {
      worker.produce(Landed.record(1, i, "pop", i));
    }
    worker.start();
    worker.pollAll(10);
    worker.kill();
    worker.resetOffsets(0);
    for (int i = 0; i < 2; i++) {
      worker.produce(Landed.record(0, i, "pop", i));
    }
    worker.start();
    store.fail(Failure.NONE, Failure.UNAVAILABLE);
    worker.poll(2);
    clock.advance(Duration.ofMillis(1));
    // Partition 0 meets the other task's object, and wants to read again what that does not hold;
    // the put fails on partition 1, the only one that it has records of.
    store.failReads(Failure.NONE, Failure.UNAVAILABLE);
    worker.poll(2);
    assertThat(worker.redelivers()).isTrue();
    worker.close(Set.of(ONE));
    assertThat(worker.redelivers()).isFalse();
    worker.pollAll(2);
    worker.poll(2);
    assertThat(Landed.occurrences(store)).containsEntry("0/0", 1).containsEntry("0/1", 1);
  }

  @Test
  void givesUpFilesOfAPartitionThatMovedAwayBeforeTheirUploadBegan() {
    List<Runnable> held = new ArrayList<>();
    ExecutorService executor =
        new SameThread() {
          @Override
          public void execute(Runnable command) {
            held.add(command);
          }
        };
    LocalWorker worker = worker(store, executor, clock, "flush.size", "2");
    worker.produce(Landed.record(0, 0, "pop", 0));
    worker.produce(Landed.record(0, 1, "rap", 1));
    worker.start();
    worker.poll(2);
    assertThat(worker.metric("buffered-bytes")).isPositive();
    worker.close(Set.of(ZERO));
    assertThat(worker.metric("buffered-bytes")).isZero();
    held.forEach(Runnable::run);
    assertThat(store.objects()).isEmpty();
  }

  @Test
  void countsFilesOfAPartitionThatMovedAwayUntilTheirUploadEnds() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(1);
    Blocking blocking = new Blocking();
    LocalWorker worker = worker(blocking, threads, new Hasty(), "buffer.memory.bytes", "1048576");
    for (int i = 0; i < 2; i++) {
      worker.produce(Landed.evolved(Landed.record(0, i, "pop", i), "x".repeat(600_000)));
    }
    worker.start();
    worker.poll(2);
    blocking.entered.await();
    worker.close(Set.of(ZERO));
    assertThat(worker.metric("buffered-bytes")).isGreaterThan(1 << 20);
    worker.produce(Landed.record(1, 0, "pop", 0));
    worker.open(Set.of(ONE));
    worker.poll(1);
    assertThat(worker.redelivers()).as("there is no memory for more").isTrue();
    assertThat(worker.timeout()).as("they are to come again soon").isPositive();

    blocking.released.countDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    worker.poll(1);
    assertThat(worker.redelivers()).isFalse();
    assertThat(worker.metric("buffered-bytes")).isLessThan(1 << 20);
    assertThat(worker.metric("rows-landed-total")).as("of the one that moved away").isEqualTo(2);
  }

  /**
   * A worker whose task has failed to take the records from the fifth on, and is to get them again.
   */
  private LocalWorker failed(boolean renamed) {
    LocalWorker worker = worker("flush.size", "6");
    for (int i = 0; i < 24; i++) {
      var record = Landed.record(0, i, "pop", i);
      worker.produce(renamed ? Landed.renamed(record) : record);
    }
    worker.start();
    worker.poll(4);
    store.fail(Failure.UNAVAILABLE);
    worker.poll(20);
    assertThat(worker.redelivers()).isTrue();
    assertThat(worker.committed().getOrDefault(ZERO, 0L)).isZero();
    return worker;
  }

  private void assertAllLandOnce(LocalWorker worker) {
    for (int i = 0; i < 4; i++) {
      clock.advance(Duration.ofMillis(1));
      worker.pollAll(10);
    }
    Landed.assertEachOnce(store, 24);
    worker.commit(worker.positions().keySet());
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 24L));
  }

  private LocalWorker worker(String... properties) {
    return worker(store, new SameThread(), clock, properties);
  }

  private static LocalWorker worker(
      ObjectStore store, ExecutorService executor, Clock clock, String... properties) {
    String[] all = {"rotate.schedule.interval.ms", "86400000"};
    Map<String, String> configured = Landed.properties(all);
    configured.putAll(Landed.properties(properties));
    return new LocalWorker(configured, store, executor, clock, false);
  }

  /**
   * A clock on which a put has no time: it is later by all that one may wait each time it is read.
   */
  private static final class Hasty extends Clock {

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    @Override
    public Instant instant() {
      now = now.plus(Patience.WHOLE);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Does not take objects until it is told to. */
  private static final class Blocking implements ObjectStore {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void checkPlace() {}

    @Override
    public boolean create(String key, Content content, Map<String, String> metadata) {
      entered.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return true;
    }

    @Override
    public Optional<Map<String, String>> metadata(String key) {
      return Optional.empty();
    }

    @Override
    public Optional<Map<String, String>> metadata(String key, Duration longest) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
