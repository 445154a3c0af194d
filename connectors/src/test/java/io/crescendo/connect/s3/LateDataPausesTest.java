package io.crescendo.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.connect.s3.store.InMemoryObjectStore.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When files of late records land as records have stopped coming, and when it only looks so. */
class LateDataPausesTest extends LateDays {

  @Test
  void landsLateRecordsWithTheNextRotationOnceNothingComesAnyMore() {
    LocalWorker worker = worker();
    begin(worker);
    passMinute(worker);
    assertThat(worker.timeout()).isEqualTo(60_000);
    clock.advance(MINUTE);
    worker.poll(10);
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, produced));
    Landed.assertEachOnce(store, (int) produced);
    assertThat(worker.timeout()).as("nothing is open").isEqualTo(-1);
  }

  @Test
  void landsLateRecordsWithTheOthersOnceNothingComesAnyMore() {
    LocalWorker worker = worker();
    begin(worker);
    for (int second = 0; second < 20; second++) {
      produce(worker, second % 2 == 0 ? Duration.ZERO : DAY);
      worker.poll(10);
      clock.advance(Duration.ofSeconds(1));
    }
    clock.advance(Duration.ofSeconds(40));
    worker.poll(10);
    worker.poll(10);
    assertThat(worker.committed()).isEqualTo(Map.of(ZERO, produced));
    assertThat(List.of(objects("21"), objects("22"))).containsExactly(1L, 1L);
  }

  /** A record each millisecond, of which the second is late. */
  private void burst(LocalWorker worker, int records) {
    for (int i = 0; i < records; i++) {
      produce(worker, i == 1 ? DAY : Duration.ZERO);
      worker.poll(1);
      clock.advance(Duration.ofMillis(1));
    }
  }

  @Test
  void keepsLateFilesOpenThoughTheStoreHasKeptItFromTakingRecords() {
    LocalWorker worker = worker("flush.size", "10", "retry.backoff.ms", "20000");
    begin(worker);
    store.fail(Failure.UNAVAILABLE);
    burst(worker, 20);
    assertThat(worker.redelivers()).isTrue();
    clock.advance(Duration.ofSeconds(30));
    worker.poll(1);
    worker.poll(1);
    assertThat(List.of(objects("21"), objects("22"))).containsExactly(0L, 2L);
  }

  @Test
  void keepsLateFilesOpenBetweenBurstsOfMoreThanABatch() {
    LocalWorker worker = worker("flush.size", "20");
    begin(worker);
    for (int burst = 0; burst < 9; burst++) {
      burst(worker, 45);
      clock.advance(Duration.ofSeconds(10));
      for (int seconds = 10; seconds < 50; seconds += 10) {
        worker.poll(1);
        clock.advance(Duration.ofSeconds(10));
      }
    }
    assertThat(objects("21")).as("of the first burst, before any pause").isLessThan(2);
  }
}
