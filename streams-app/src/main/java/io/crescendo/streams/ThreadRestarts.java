package io.crescendo.streams;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that died, as long as that does not happen too often; then ends the app.
 * The transaction of the dead thread is rolled back, so its successor repeats the work exactly
 * once.
 *
 * <p>Thread-safe.
 */
final class ThreadRestarts implements StreamsUncaughtExceptionHandler {

  /** Times that each thread is replaced, on average. */
  static final int MOST_PER_THREAD = 5;

  static final Duration WINDOW = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(ThreadRestarts.class);

  private final int most;
  private final LongSupplier nanoTime;
  private final Deque<Long> restarts = new ArrayDeque<>();
  private Throwable last;

  /**
   * For so many threads: what kills one often kills all of them, which must not end an app sooner
   * for having many.
   */
  ThreadRestarts(int threads, LongSupplier nanoTime) {
    this.most = threads * MOST_PER_THREAD;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
    last = failure;
    long now = nanoTime.getAsLong();
    while (!restarts.isEmpty() && now - restarts.peekFirst() > WINDOW.toNanos()) {
      restarts.removeFirst();
    }
    if (failure instanceof VirtualMachineError || restarts.size() >= most) {
      LOG.error(
          "A stream thread died, after {} restarts within {}; the streams app stops. Nothing is lost: it goes on from its last commit when started again",
          restarts.size(),
          WINDOW,
          failure);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    restarts.addLast(now);
    LOG.warn(
        "A stream thread died and is replaced, {} of {} times within {}",
        restarts.size(),
        most,
        WINDOW,
        failure);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** What killed the last thread that died; null where none did. */
  synchronized Throwable last() {
    return last;
  }
}
