package io.crescendo.connect.s3.store;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a request that failed for a reason that may pass, with exponential backoff and full
 * jitter (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
 *
 * @param retries repetitions after the first attempt
 * @param backoff longest pause before the first repetition; doubles with each
 */
record Retry(int retries, Duration backoff) {

  private static final Logger LOG = LoggerFactory.getLogger(Retry.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  /**
   * @param what the request, for the log
   * @throws StoreException of the last attempt
   */
  <T> T call(String what, Supplier<T> request) {
    for (int attempt = 0; ; attempt++) {
      try {
        return request.get();
      } catch (StoreException e) {
        if (!e.isTransient() || attempt == retries) {
          throw e;
        }
        long pause = pauseMillis(attempt);
        LOG.warn(
            "{}: {}; retry {} of {} in {} ms", what, e.getMessage(), attempt + 1, retries, pause);
        sleep(pause, e);
      }
    }
  }

  private long pauseMillis(int attempt) {
    long longest = Math.min(LONGEST_PAUSE.toMillis(), backoff.toMillis() << Math.min(attempt, 16));
    return ThreadLocalRandom.current().nextLong(longest + 1);
  }

  private static void sleep(long millis, StoreException cause) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cause;
    }
  }
}
