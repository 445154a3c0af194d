package io.crescendo.csv;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.Locale;

/** How a file is packed, told by its first bytes: names lie, and standard input has none. */
enum Compression {
  NONE,
  GZIP(0x1F, 0x8B),
  ZSTD(0x28, 0xB5, 0x2F, 0xFD),
  ZIP('P', 'K', 3, 4),
  BZIP2('B', 'Z', 'h'),
  XZ(0xFD, '7', 'z', 'X');

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
   * @throws UnusableSourceException if it is an archive of files, or packed more than once
   */
  static Opened open(String file, InputStream packed) throws IOException {
    PushbackInputStream in = new PushbackInputStream(packed, LONGEST);
    Compression compression = of(in);
    return switch (compression) {
      case NONE -> new Opened(in, NONE);
      case GZIP -> once(file, GZIP, new GzipStream(in, BUFFER));
      case ZSTD -> once(file, ZSTD, new ZstdInputStream(in));
      case BZIP2, XZ ->
          throw new UnusableSourceException(
              "%s: is packed with %s, which is not unpacked, only gzip and zstd are; unpack it first; nothing was published"
                  .formatted(file, compression.lowerCase()));
      case ZIP ->
          throw new UnusableSourceException(
              "%s: is a zip archive or a workbook (.xlsx, .ods), a file of rows is needed; unpack the archive, or save the workbook as CSV, first; nothing was published"
                  .formatted(file));
    };
  }

  private static Opened once(String file, Compression outer, InputStream unpacked)
      throws IOException {
    PushbackInputStream in = new PushbackInputStream(unpacked, LONGEST);
    Compression inner = of(in);
    if (inner != NONE) {
      throw new UnusableSourceException(
          "%s: is %s inside %s, one of which is not unpacked; unpack it first; nothing was published"
              .formatted(file, inner.lowerCase(), outer.lowerCase()));
    }
    return new Opened(in, outer);
  }

  private static Compression of(PushbackInputStream in) throws IOException {
    byte[] first = in.readNBytes(LONGEST);
    in.unread(first);
    return Arrays.stream(values()).filter(c -> c.matches(first)).findFirst().orElse(NONE);
  }

  private String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
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
