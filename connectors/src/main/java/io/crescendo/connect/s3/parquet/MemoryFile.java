package io.crescendo.connect.s3.parquet;

import io.crescendo.connect.s3.store.Content;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A file that is written to memory once, and read from there. What is written is copied into
 * chunks; an array can be handed over instead, as pages are.
 */
final class MemoryFile implements OutputFile, Content {

  private static final int FIRST_CHUNK = 8 * 1024;

  /** Well below what the G1 collector takes for humongous, and then gives regions of its own. */
  private static final int LARGEST_CHUNK = 256 * 1024;

  private final List<Part> parts = new ArrayList<>();
  private long length;

  /** An array that is not copied; null where there is none. */
  private byte[] next;

  /** Bytes of the file from {@code start} on, which lie in an array from {@code from} on. */
  private record Part(byte[] bytes, int from, long start) {}

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return new Output();
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    return new Output();
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public InputStream open(long from, long to) {
    return new Input(from, to);
  }

  /**
   * Has the file take over an array, unless it is small, when it is written as a whole. Nobody may
   * change it any more.
   */
  void keepNext(byte[] bytes) {
    next = bytes.length < FIRST_CHUNK ? null : bytes;
  }

  /** Offset in the file of the byte after a part's last. */
  private long end(int part) {
    return part + 1 < parts.size() ? parts.get(part + 1).start : length;
  }

  private int partAt(long position) {
    int part = 0;
    while (part + 1 < parts.size() && parts.get(part + 1).start <= position) {
      part++;
    }
    return part;
  }

  private final class Output extends PositionOutputStream {

    private byte[] chunk = new byte[0];
    private int used;

    /** Whether the last part is not the chunk, so that what goes there begins another one. */
    private boolean apart = true;

    @Override
    public long getPos() {
      return length;
    }

    @Override
    public void write(int b) {
      room();
      chunk[used++] = (byte) b;
      length++;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      if (bytes == next && count == bytes.length) {
        next = null;
        parts.add(new Part(bytes, 0, length));
        length += count;
        apart = true;
        return;
      }
      int from = offset;
      int left = count;
      while (left > 0) {
        room();
        int n = Math.min(left, chunk.length - used);
        System.arraycopy(bytes, from, chunk, used, n);
        used += n;
        from += n;
        left -= n;
        length += n;
      }
    }

    private void room() {
      if (used == chunk.length) {
        int size = Math.min(LARGEST_CHUNK, Math.max(FIRST_CHUNK, 2 * chunk.length));
        chunk = new byte[size];
        used = 0;
        apart = true;
      }
      if (apart) {
        parts.add(new Part(chunk, used, length));
        apart = false;
      }
    }
  }

  private final class Input extends InputStream {

    private final long to;
    private long position;
    private int part;

    Input(long from, long to) {
      this.position = from;
      this.to = to;
      this.part = partAt(from);
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) {
      if (position >= to) {
        return -1;
      }
      if (position == end(part)) {
        part++;
      }
      Part here = parts.get(part);
      int n = (int) Math.min(count, Math.min(to, end(part)) - position);
      System.arraycopy(here.bytes, here.from + (int) (position - here.start), into, offset, n);
      position += n;
      return n;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, to - position);
    }
  }
}
