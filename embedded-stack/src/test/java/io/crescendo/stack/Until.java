package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a state of real services; the limit only keeps a broken build from hanging. */
final class Until {

  private static final long LIMIT = TimeUnit.MINUTES.toNanos(2);

  private Until() {}

  static void reached(BooleanSupplier state) {
    long deadline = System.nanoTime() + LIMIT;
    while (!state.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not reached within two minutes").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }
}
