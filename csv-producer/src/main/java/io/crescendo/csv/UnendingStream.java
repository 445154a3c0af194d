package io.crescendo.csv;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that has more until it says that it has ended.
 *
 * <p>The JDK's gzip reader looks for a further member only if {@link #available} is not zero, which
 * a network or a pipe answers whenever its next bytes are still on their way: it would take a file
 * of several members for finished after any of them.
 */
final class UnendingStream extends FilterInputStream {

  private boolean ended;

  UnendingStream(InputStream in) {
    super(in);
  }

  @Override
  public int available() {
    return ended ? 0 : 1;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    ended = read < 0;
    return read;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    ended = read < 0;
    return read;
  }
}
