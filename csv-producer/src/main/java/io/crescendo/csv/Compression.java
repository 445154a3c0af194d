package io.crescendo.csv;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/** How a file is packed, told by its first bytes: names lie, and standard input has none. */
enum Compression {
  NONE,
  GZIP(0x1F, 0x8B),
  ZSTD(0x28, 0xB5, 0x2F, 0xFD),
  ZIP('P', 'K', 3, 4);

  private static final int LONGEST = 4;
  private static final int BUFFER = 64 * 1024;

  private final int[] magic;

  Compression(int... magic) {
    this.magic = magic;
  }

  /** A stream and how it is packed. */
  record Opened(InputStream in, Compression compression) {}

  /**
   * Unpacks a stream.
   *
   * @throws UnusableSourceException if it is an archive of files
   */
  static Opened open(String file, InputStream packed) throws IOException {
    PushbackInputStream in = new PushbackInputStream(packed, LONGEST);
    byte[] first = in.readNBytes(LONGEST);
    in.unread(first);
    Compression compression = NONE;
    for (Compression candidate : values()) {
      if (candidate.matches(first)) {
        compression = candidate;
      }
    }
    return switch (compression) {
      case NONE -> new Opened(in, NONE);
      case GZIP -> new Opened(new GZIPInputStream(new UnendingStream(in), BUFFER), GZIP);
      case ZSTD -> new Opened(new ZstdInputStream(in), ZSTD);
      case ZIP ->
          throw new UnusableSourceException(
              "%s: is a zip archive, a file of rows is needed; unpack it first; nothing was published"
                  .formatted(file));
    };
  }

  private boolean matches(byte[] first) {
    if (magic.length == 0 || first.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((first[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
