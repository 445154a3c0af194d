package io.crescendo.streams;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThreadRestartsTest {

  private long now = Long.MAX_VALUE - 5;
  private final ThreadRestarts restarts = new ThreadRestarts(1, () -> now);
  private final RuntimeException failure = new IllegalStateException("broken");

  @Test
  void replaceAThreadSoManyTimesAndThenEndTheApp() {
    for (int i = 0; i < ThreadRestarts.MOST_PER_THREAD; i++) {
      assertThat(restarts.handle(failure)).isEqualTo(REPLACE_THREAD);
      now += Duration.ofMinutes(1).toNanos();
    }
    assertThat(restarts.handle(failure)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(restarts.last()).isSameAs(failure);
  }

  @Test
  void replaceAllOfManyThreadsAsOften() {
    ThreadRestarts ofEight = new ThreadRestarts(8, () -> now);
    for (int i = 0; i < 8 * ThreadRestarts.MOST_PER_THREAD; i++) {
      assertThat(ofEight.handle(failure)).isEqualTo(REPLACE_THREAD);
    }
    assertThat(ofEight.handle(failure)).isEqualTo(SHUTDOWN_CLIENT);
  }

  @Test
  void forgetRestartsThatAreLongPast() {
    for (int i = 0; i < 20; i++) {
      assertThat(restarts.handle(failure)).isEqualTo(REPLACE_THREAD);
      now += ThreadRestarts.WINDOW.toNanos() / 4;
    }
  }

  @Test
  void endTheAppAtOnceWhenTheJvmIsOutOfMemory() {
    assertThat(restarts.handle(new OutOfMemoryError())).isEqualTo(SHUTDOWN_CLIENT);
  }
}
