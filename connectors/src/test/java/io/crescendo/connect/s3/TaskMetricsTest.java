package io.crescendo.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.connect.s3.store.InMemoryObjectStore;
import io.crescendo.connect.s3.store.InMemoryObjectStore.Failure;
import java.time.Duration;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** What a task says about itself, as its worker sees it. */
class TaskMetricsTest {

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final ManualClock clock = new ManualClock();

  @Test
  void countsWhatLands() {
    LocalWorker worker = worker();
    produce(worker, 0, 5);
    worker.start();
    worker.pollAll(10);
    worker.poll(1);
    assertThat(worker.metric("rows-landed-total")).isEqualTo(4);
    assertThat(worker.metric("files-landed-total")).isEqualTo(2);
    assertThat(worker.metric("bytes-landed-total"))
        .isEqualTo(store.objects().values().stream().mapToLong(bytes -> bytes.length).sum());
    assertThat(worker.metric("conflicts-adopted-total")).isZero();
  }

  @Test
  void tellsWhatWaitsAndForHowLong() {
    LocalWorker worker = worker();
    worker.produce(Landed.record(0, 0, "pop", clock.millis() - 60_000));
    worker.produce(Landed.record(0, 1, "rap", clock.millis() - 90_000));
    worker.start();
    worker.poll(10);
    clock.advance(Duration.ofSeconds(7));
    assertThat(worker.metric("open-files")).isEqualTo(2);
    assertThat(worker.metric("buffered-bytes"))
        .as("more than the rows take")
        .isGreaterThan(2 * OpenFiles.BYTES_PER_FILE);
    assertThat(worker.metric("oldest-record-age-ms")).isEqualTo(97_000);
    assertThat(worker.metric("oldest-record-wait-ms")).isEqualTo(7_000);
    produce(worker, 2, 4);
    worker.pollAll(10);
    worker.poll(1);
    assertThat(worker.metric("open-files")).isZero();
    assertThat(worker.metric("buffered-bytes")).isZero();
    assertThat(worker.metric("oldest-record-age-ms")).isZero();
    assertThat(worker.metric("oldest-record-wait-ms")).isZero();
  }

  @Test
  void countsObjectsOfAnEarlierTaskThatItAdopts() {
    LocalWorker worker = worker();
    produce(worker, 0, 4);
    worker.start();
    worker.pollAll(10);
    worker.kill();
    worker.resetOffsets(0);
    worker.start();
    worker.pollAll(10);
    worker.poll(1);
    assertThat(worker.metric("conflicts-adopted-total")).isEqualTo(2);
    assertThat(worker.metric("rows-landed-total")).isZero();
  }

  @Test
  void countsObjectsThatItFindsByAskingForThem() {
    LocalWorker worker = worker();
    produce(worker, 0, 12);
    worker.start();
    worker.pollAll(4);
    worker.kill();
    worker.resetOffsets(0);
    worker.start();
    worker.pollAll(4);
    worker.poll(1);
    assertThat(store.objects()).hasSize(6);
    assertThat(worker.metric("conflicts-adopted-total")).isEqualTo(6);
    assertThat(worker.metric("rows-landed-total")).isZero();
  }

  @Test
  void countsRecordsThatGoToTheDeadLetterQueue() {
    LocalWorker worker = worker();
    worker.produce(
        new SinkRecord(
            "t",
            0,
            null,
            null,
            Schema.BYTES_SCHEMA,
            new byte[] {1},
            0,
            1L,
            TimestampType.CREATE_TIME));
    worker.start();
    worker.poll(10);
    assertThat(worker.metric("records-rejected-total")).isOne();
  }

  @Test
  void countsAsLandedWhatItLandedThoughTheAnswerGotLost() {
    LocalWorker worker = worker();
    produce(worker, 0, 4);
    store.fail(Failure.LOST_ANSWER);
    worker.start();
    for (int i = 0; i < 5; i++) {
      worker.poll(10);
      clock.advance(Duration.ofMillis(1));
    }
    assertThat(worker.metric("rows-landed-total")).isEqualTo(4);
    assertThat(worker.metric("conflicts-adopted-total")).isZero();
  }

  @Test
  void tellsWhatWaitsThoughTheStoreFails() {
    LocalWorker worker = worker();
    produce(worker, 0, 8);
    store.fail(Failure.UNAVAILABLE, Failure.UNAVAILABLE);
    worker.start();
    worker.poll(10);
    assertThat(worker.redelivers()).isTrue();
    assertThat(worker.metric("buffered-bytes")).isPositive();
  }

  @Test
  void startsThoughTheTaskThatItReplacesHasLeftItsMetrics() {
    LocalWorker worker = worker();
    produce(worker, 0, 4);
    worker.start();
    S3ParquetSinkTask givenUp = worker.task();
    worker.giveUp();
    worker.start();
    worker.pollAll(10);
    assertThat(Landed.occurrences(store)).hasSize(4);
    worker.task().stop();
    assertThat(worker.metric("rows-landed-total")).as("of the one before").isZero();
    givenUp.stop();
  }

  private LocalWorker worker() {
    return new LocalWorker(
        Landed.properties("flush.size", "4"), store, new SameThread(), clock, true);
  }

  private static void produce(LocalWorker worker, int from, int to) {
    for (int i = from; i < to; i++) {
      worker.produce(Landed.record(0, i, i % 2 == 0 ? "pop" : "rap", i));
    }
  }
}
