package io.crescendo.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A stream that may have nothing to read for hours, such as a pipe from {@code tail -f}. Lets its
 * reader do something else meanwhile: nothing can be waited for with a time limit on a stream
 * itself, so another thread waits.
 */
final class LiveStream extends InputStream {

  private static final int CHUNK = 64 * 1024;
  private static final int CHUNKS = 4;
  private static final long WAIT_MILLIS = 20;
  private static final byte[] END = {};

  private final InputStream in;
  private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(CHUNKS);
  private volatile IOException failure;
  private Runnable task;
  private byte[] chunk = {};
  private int at;
  private boolean ended;

  LiveStream(InputStream in) {
    this.in = in;
  }

  /**
   * From now on, runs a task whenever there is nothing to read, and again and again until there is;
   * what it throws, {@link #read} throws.
   */
  void whileWaiting(Runnable task) {
    this.task = task;
    Thread reader = new Thread(this::readAhead, "read-live-source");
    reader.setDaemon(true); // nothing interrupts a read of standard input
    reader.start();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (task == null) {
      return in.read(target, offset, length);
    }
    if (at == chunk.length && !takeChunk()) {
      return -1;
    }
    int count = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, target, offset, count);
    at += count;
    return count;
  }

  @Override
  public int available() throws IOException {
    return task == null ? in.available() : chunk.length - at;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean takeChunk() throws IOException {
    byte[] next = ended ? END : chunks.poll();
    try {
      while (next == null) {
        task.run();
        next = chunks.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    chunk = next;
    at = 0;
    ended = next == END;
    if (ended && failure != null) {
      throw failure;
    }
    return !ended;
  }

  private void readAhead() {
    byte[] buffer = new byte[CHUNK];
    try {
      try {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          if (read > 0) {
            chunks.put(Arrays.copyOf(buffer, read));
          }
        }
      } catch (IOException e) {
        failure = e;
      }
      chunks.put(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does
    }
  }
}
