package io.crescendo.connect.s3.parquet;

import io.crescendo.connect.s3.store.Content;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A file that is written to memory once, in chunks, and read from there. */
final class MemoryFile implements OutputFile, Content {

  private static final int FIRST_CHUNK = 8 * 1024;
  private static final int LARGEST_CHUNK = 1024 * 1024;

  private final List<byte[]> chunks = new ArrayList<>();

  /** Offset of each chunk in the file. */
  private final List<Long> starts = new ArrayList<>();

  private long length;

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

  private int chunkAt(long position) {
    int chunk = 0;
    while (chunk + 1 < starts.size() && starts.get(chunk + 1) <= position) {
      chunk++;
    }
    return chunk;
  }

  private final class Output extends PositionOutputStream {

    private byte[] chunk = new byte[0];
    private int used;

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
        chunks.add(chunk);
        starts.add(length);
      }
    }
  }

  private final class Input extends InputStream {

    private final long end;
    private long position;
    private int chunk;

    Input(long from, long end) {
      this.position = from;
      this.end = end;
      this.chunk = chunkAt(from);
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) {
      if (position >= end) {
        return -1;
      }
      if (position - starts.get(chunk) == chunks.get(chunk).length) {
        chunk++;
      }
      int at = (int) (position - starts.get(chunk));
      int n = (int) Math.min(end - position, Math.min(count, chunks.get(chunk).length - at));
      System.arraycopy(chunks.get(chunk), at, into, offset, n);
      position += n;
      return n;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, end - position);
    }
  }
}
