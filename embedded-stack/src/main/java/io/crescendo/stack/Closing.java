package io.crescendo.stack;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what must not keep the next thing from being closed. */
final class Closing {

  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  /** Closes; a failure is logged, since a program that stops has nothing better to do with it. */
  static void quietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      LOG.warn("{} did not close: {}", closeable.getClass().getSimpleName(), e.toString(), e);
    }
  }
}
