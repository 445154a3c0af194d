package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a state of real services; the limit only keeps a broken build from hanging. */
public final class Until {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private Until() {}

  public static void reached(BooleanSupplier state) {
    reached(state, LIMIT);
  }

  /** For what takes longer. */
  public static void reached(BooleanSupplier state, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!state.getAsBoolean()) {
      assertThat(System.nanoTime()).as("not reached within %s", limit).isLessThan(deadline);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
