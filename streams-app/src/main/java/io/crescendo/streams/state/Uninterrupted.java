package io.crescendo.streams.state;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Work on a FileChannel that it opens itself: an interrupt closes the channel, so the work is done
 * again. The thread stays interrupted.
 */
final class Uninterrupted {

  private Uninterrupted() {}

  interface Work<T> {

    T run() throws IOException;
  }

  static <T> T call(Work<T> work) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try {
          return work.run();
        } catch (ClosedByInterruptException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
