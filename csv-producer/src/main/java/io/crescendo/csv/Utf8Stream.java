package io.crescendo.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** A stream in another encoding, read as UTF-8. What cannot be decoded becomes U+FFFD. */
final class Utf8Stream extends InputStream {

  private final Reader reader;

  /** The decoder of UTF-32 lets halves of surrogate pairs pass. */
  private final CharsetEncoder encoder =
      StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .replaceWith("\uFFFD".getBytes(StandardCharsets.UTF_8));

  private final char[] chars = new char[8192];
  private int kept;
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  Utf8Stream(InputStream in, Charset charset) {
    this.reader = new InputStreamReader(in, charset);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (!bytes.hasRemaining()) {
      if (!fill()) {
        return -1;
      }
    }
    int count = Math.min(length, bytes.remaining());
    bytes.get(target, offset, count);
    return count;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private boolean fill() throws IOException {
    int read = reader.read(chars, kept, chars.length - kept);
    int count = kept + Math.max(read, 0);
    if (count == 0) {
      return false;
    }
    // Half of a surrogate pair waits for its other half.
    boolean half = read > 0 && Character.isHighSurrogate(chars[count - 1]);
    int whole = half ? count - 1 : count;
    bytes = encoder.encode(CharBuffer.wrap(chars, 0, whole));
    kept = count - whole;
    if (half) {
      chars[0] = chars[count - 1];
    }
    return true;
  }
}
