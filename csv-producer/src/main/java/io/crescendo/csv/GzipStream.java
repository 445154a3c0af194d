package io.crescendo.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks gzip to the end of its file.
 *
 * <p>The JDK's reader takes a file for finished where the header of its next member cannot be read,
 * be it damaged or the connection broken, and what follows would be lost without a word. Zeros may
 * follow, which some tools fill files up with.
 */
final class GzipStream extends GZIPInputStream {

  /** Behind what is packed, a member has a checksum and a length. */
  private static final int TRAILER = 8;

  private boolean ended;

  GzipStream(InputStream packed, int buffer) throws IOException {
    super(new UnendingStream(packed), buffer);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    if (read < 0 && !ended) {
      requireNothingBehind();
      ended = true;
    }
    return read;
  }

  private void requireNothingBehind() throws IOException {
    for (int at = len - inf.getRemaining() + TRAILER; at < len; at++) {
      requireZero(buf[at]);
    }
    for (int read = in.read(buf); read >= 0; read = in.read(buf)) {
      for (int at = 0; at < read; at++) {
        requireZero(buf[at]);
      }
    }
  }

  private static void requireZero(byte b) throws ZipException {
    if (b != 0) {
      throw new ZipException("what follows a member is none that gzip made");
    }
  }
}
