package io.crescendo.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.connect.s3.store.InMemoryObjectStore;
import io.crescendo.connect.s3.store.InMemoryObjectStore.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wall clock that is set back, which must not stop landing for as long. */
class ClockSetBackTest {

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final ManualClock clock = new ManualClock();

  @Test
  void triesAFailedFileAgain() {
    LocalWorker worker = worker("flush.size", "1");
    store.fail(Failure.UNAVAILABLE);
    worker.poll(1);
    worker.poll(1);
    clock.advance(Duration.ofDays(-1));
    worker.poll(1);
    worker.poll(1);
    assertThat(Landed.occurrences(store)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rotate.schedule.interval.ms", "rotate.interval.ms"})
  void endsABatch(String rule) {
    LocalWorker worker = worker(rule, "60000");
    worker.poll(1);
    clock.advance(Duration.ofDays(-1));
    worker.poll(1);
    assertThat(Landed.occurrences(store)).hasSize(1);
  }

  private LocalWorker worker(String key, String value) {
    LocalWorker worker =
        new LocalWorker(Landed.properties(key, value), store, new SameThread(), clock, false);
    worker.produce(Landed.record(0, 0, "pop", 0));
    worker.start();
    return worker;
  }
}
