package io.crescendo.csv;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A source on a line that breaks off, far behind the beginning that its shape is guessed from. */
record BreakingSource(Source source) implements DelegatingSource {

  private static final int BYTES = 600_000;

  @Override
  public InputStream open() throws IOException {
    byte[] beginning = source.open().readNBytes(BYTES);
    return new FilterInputStream(new ByteArrayInputStream(beginning)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        if (read < 0) {
          throw new IOException("connection reset");
        }
        return read;
      }
    };
  }
}
