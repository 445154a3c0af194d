package io.crescendo.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.connect.s3.parquet.Rows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Files of late records that stay open while others land each minute. */
class LateDataTest extends LateDays {

  @Test
  void landsLateRecordsOfManyBatchesInOneFileAndCommitsThen() {
    // ends amid the eleventh minute, so with the tenth batch
    LocalWorker worker = worker("late.data.delay.ms", "630000");
    begin(worker);
    for (int minute = 1; minute < 10; minute++) {
      passMinute(worker);
      assertThat(objects("22")).isEqualTo(minute);
    }
    assertThat(objects("21")).isZero();
    assertThat(worker.committed()).isEmpty();
    passMinute(worker);
    assertThat(objects("21")).isOne();
    assertThat(objects("22")).isEqualTo(10);
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, produced));
    Landed.assertEachOnce(store, (int) produced);
  }

  @Test
  void landsFewFilesWhereOnlyLateRecordsCome() {
    LocalWorker worker = worker();
    begin(worker);
    for (int minute = 0; minute < 10; minute++) {
      produce(worker, DAY);
      rotate(worker);
    }
    assertThat(objects("21")).isOne();
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, produced));
  }

  @Test
  void landsAnythingOnceThoughItIsKilledWhileLateFilesAreOpen() {
    LocalWorker worker = worker();
    begin(worker);
    for (int minute = 0; minute < 7; minute++) {
      passMinute(worker);
    }
    worker.kill();
    assertThat(worker.committed()).isEmpty();
    int requests = store.requests();
    worker.start();
    for (int minute = 0; minute < 12; minute++) {
      passMinute(worker);
    }
    clock.advance(MINUTE);
    worker.poll(10);
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, produced));
    Landed.assertEachOnce(store, (int) produced);
    assertThat(store.requests() - requests).as("requests").isLessThan(60);
  }

  /** What is on time has landed then, and only late files are open. */
  @Test
  void landsLateRecordsInOneFileThoughBatchesEndWhileTheyAreReadAgain() {
    LocalWorker worker = worker("rotate.schedule.interval.ms", "-1", "rotate.interval.ms", "60000");
    begin(worker);
    for (int minute = 0; minute < 8; minute++) {
      passMinute(worker);
    }
    worker.kill();
    worker.start();
    worker.pollAll(10);
    passMinute(worker);
    passMinute(worker);
    passMinute(worker);
    assertThat(objects("21")).isOne();
    assertThat(worker.committed().get(ZERO)).isGreaterThan(20);
  }

  /** Else the offset never moves, and with each restart there is more to be read again. */
  @Test
  void commitsThoughItIsRestartedMoreOftenThanTheDelay() {
    LocalWorker worker = worker();
    produce(worker, Duration.ZERO);
    for (int restart = 0; restart < 6; restart++) {
      worker.start();
      for (int minute = 0; minute < 6; minute++) {
        passMinute(worker);
      }
      worker.kill();
    }
    assertThat(worker.committed().get(ZERO)).isGreaterThan(produced - 25);
    assertThat(objects("21")).isLessThan(7);
  }

  /** The batch before is still on its way when the one ends that meets nothing. */
  @Test
  void commitsAfterARestartThoughLandingTakesLong() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    LocalWorker worker = worker(threads, "rotate.schedule.interval.ms", "-1", "flush.size", "3");
    produce(worker, Duration.ZERO);
    produce(worker, DAY);
    begin(worker);
    worker.poll(10);
    threads.submit(() -> {}).get();
    assertThat(List.of(objects("21"), objects("22"))).containsExactly(0L, 1L);
    worker.kill();
    for (int i = 0; i < 3; i++) {
      produce(worker, Duration.ZERO);
    }
    worker.start();
    CountDownLatch busy = new CountDownLatch(1);
    threads.submit(() -> busy.await(100, TimeUnit.MILLISECONDS));
    worker.poll(10);
    threads.shutdown();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    worker.poll(10);
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, produced));
  }

  @Test
  void doesNotTakeWhatIsOnTimeForLateAfterARecordFromTheFuture() {
    LocalWorker worker = worker();
    produce(worker, DAY.multipliedBy(-10_000));
    worker.start();
    produce(worker, Duration.ZERO);
    rotate(worker);
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 2L));
  }

  @Test
  void doesNotKeepTheFileOfYesterdayOpenThatBeganInTime() {
    LocalWorker worker = worker();
    clock.advance(Duration.ofHours(12).minusSeconds(30));
    begin(worker);
    worker.pollAll(10);
    clock.advance(Duration.ofSeconds(40));
    produce(worker, Duration.ZERO);
    rotate(worker);
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 2L));
    assertThat(List.of(objects("22"), objects("23"))).containsExactly(1L, 1L);
  }

  @Test
  void doesNotKeepAFileOpenThatBeganInTimeAndTakesLateRecords() {
    LocalWorker worker = worker("rotate.schedule.interval.ms", "-1", "flush.size", "3");
    clock.advance(Duration.ofHours(12));
    produce(worker, MINUTE);
    produce(worker, Duration.ZERO);
    produce(worker, MINUTE);
    worker.start();
    worker.poll(10);
    worker.poll(10);
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, 3L));
  }

  @Test
  void doesNotKeepAFileOpenThatTakesWhatIsOnTimeAsWell() {
    LocalWorker worker =
        worker(
            "partitioner.class",
            "TimeBasedPartitioner",
            "path.format",
            "'day'=dd",
            "partition.duration.ms",
            "3600000");
    produce(worker, Duration.ZERO);
    produce(worker, DAY);
    worker.start();
    worker.pollAll(10);
    clock.advance(MINUTE);
    worker.poll(10);
    produce(worker, Duration.ofHours(2));
    produce(worker, Duration.ZERO);
    worker.pollAll(10);
    clock.advance(MINUTE);
    worker.poll(10);
    assertThat(List.of(objects("21"), objects("22"))).containsExactly(0L, 2L);
  }

  @Test
  void landsALateFileThatIsNotSmall() {
    LocalWorker worker = worker("flush.bytes", "4000");
    begin(worker);
    for (int i = 0; i < 20; i++) {
      produce(worker, DAY);
    }
    passMinute(worker);
    assertThat(objects("21")).isOne();
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, produced));
  }

  /** Confluent's users set it for that. */
  @Test
  void landsNoFileOfMoreRowsThanTheFlushSizeThoughItStaysOpen() {
    LocalWorker worker = worker("rotate.schedule.interval.ms", "-1", "flush.size", "10");
    begin(worker);
    for (int late : List.of(4, 10, 6, 4, 4, 4, 10, 0, 0)) {
      for (int i = 0; i < 10; i++) {
        produce(worker, i < late ? DAY : Duration.ZERO);
      }
      worker.pollAll(10);
    }
    clock.advance(MINUTE.multipliedBy(10));
    worker.poll(10);
    worker.poll(10);
    assertThat(store.objects().values())
        .extracting(file -> Rows.read(file).size())
        .allMatch(rows -> rows <= 10);
    assertThat(worker.committed().get(ZERO)).isGreaterThan(produced - 10);
  }

  @Test
  void landsLateRecordsWhenTheClockIsSetBack() {
    LocalWorker worker = worker();
    begin(worker);
    passMinute(worker);
    clock.advance(Duration.ofDays(-2));
    worker.poll(10);
    worker.poll(10);
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, produced));
  }

  @Test
  void landsWhatIsOnTimeOnceAClockThatWasAheadIsRight() {
    LocalWorker worker = worker();
    clock.advance(DAY.multipliedBy(3));
    begin(worker);
    rotate(worker);
    clock.advance(DAY.multipliedBy(-3));
    produce(worker, Duration.ZERO);
    produce(worker, DAY.multipliedBy(-10_000));
    worker.pollAll(10);
    clock.advance(MINUTE);
    worker.poll(10);
    assertThat(objects("22")).isOne();
  }

  /** The delay makes files fewer; a batch that takes longer has no file that waits for it. */
  @Test
  void doesNotEndABatchForFilesThatHaveWaitedForNone() {
    LocalWorker worker = worker("rotate.schedule.interval.ms", "-1", "flush.size", "100");
    begin(worker);
    for (int minute = 0; minute < 15; minute++) {
      produce(worker, DAY);
      worker.poll(10);
      clock.advance(MINUTE);
      produce(worker, Duration.ZERO);
      worker.poll(10);
    }
    assertThat(store.objects()).isEmpty();
    assertThat(worker.timeout()).as("nothing waits").isEqualTo(-1);
  }

  @Test
  void tellsHowLongRecordsHaveWaitedOfWhichFilesStayOpen() {
    LocalWorker worker = worker();
    begin(worker);
    passMinute(worker);
    passMinute(worker);
    assertThat(worker.metric("open-files")).isOne();
    assertThat(worker.metric("oldest-record-wait-ms")).isEqualTo(120_000);
    assertThat(worker.metric("oldest-record-age-ms"))
        .isEqualTo(DAY.plus(MINUTE).plus(MINUTE).toMillis());
  }

  @Test
  void takesOldRecordsOfATopicThatWasMadeAnewToBeOnTime() {
    LocalWorker worker = worker();
    produce(worker, Duration.ZERO);
    produce(worker, DAY);
    worker.start();
    worker.pollAll(10);
    worker.recreate(ZERO);
    produced = 0;
    produce(worker, DAY);
    worker.poll(10);
    clock.advance(MINUTE);
    worker.poll(10);
    assertThat(objects("21")).isOne();
  }

  /** Another task has landed it meanwhile. */
  @Test
  void goesOnWhereALateFileIsNotOpenAnyMoreAfterARewind() {
    LocalWorker worker = worker("late.data.delay.ms", "3600000");
    produce(worker, Duration.ZERO);
    produce(worker, DAY);
    begin(worker);
    worker.pollAll(10);
    LocalWorker other = worker.stale();
    other.start();
    for (int minute = 0; minute < 5; minute++) {
      other.poll(1);
      clock.advance(MINUTE);
    }
    assertThat(List.of(objects("21"), objects("22"))).containsExactly(1L, 2L);
    for (int minute = 0; minute < 3; minute++) {
      worker.pollAll(10);
      clock.advance(MINUTE);
    }
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, produced));
    Landed.assertEachOnce(store, (int) produced);
  }
}
