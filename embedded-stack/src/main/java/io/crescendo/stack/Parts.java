package io.crescendo.stack;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has been started, to be closed in the reverse order. Closing may come from another thread
 * while parts are still being started: the next one to be kept is closed at once.
 *
 * <p>Thread-safe. Whoever closes returns when everything is closed, also if another thread began.
 */
public final class Parts implements AutoCloseable {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private volatile boolean closed;

  /**
   * Keeps a part that has just been started.
   *
   * @throws StackException if these were closed meanwhile; the part is closed, too
   */
  public synchronized <T extends AutoCloseable> T keep(T part) {
    if (closed) {
      Closing.quietly(part);
      throw new StackException("Stopped while it was starting");
    }
    parts.push(part);
    return part;
  }

  /** Whether closing has begun. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    closeAll();
  }

  private synchronized void closeAll() {
    while (!parts.isEmpty()) {
      Closing.quietly(parts.pop());
    }
  }
}
