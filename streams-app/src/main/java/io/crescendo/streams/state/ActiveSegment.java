package io.crescendo.streams.state;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.errors.ProcessorStateException;

/**
 * The segment that records are appended to: in heap, and on disk as far as it was {@link #write
 * written}. Its buffer grows with it.
 *
 * <p>RandomAccessFile rather than FileChannel, which closes itself when its thread is interrupted.
 */
final class ActiveSegment implements AutoCloseable {

  private static final int FIRST_BYTES = 4 << 10;

  private final Path file;
  private final long sequence;
  private final int maxBytes;
  private ByteBuffer bytes;
  private int size;
  private int written;
  private RandomAccessFile out;

  private ActiveSegment(
      Path file, long sequence, int maxBytes, ByteBuffer bytes, int size, int written) {
    this.file = file;
    this.sequence = sequence;
    this.maxBytes = maxBytes;
    this.bytes = bytes;
    this.size = size;
    this.written = written;
  }

  /**
   * An empty one.
   *
   * @param file does not exist
   * @param start sequence of the segment where the log begins
   * @param maxBytes size beyond which only the first record may go
   */
  static ActiveSegment begin(Path file, long sequence, long start, int maxBytes) {
    return begin(file, sequence, start, maxBytes, ByteBuffer.allocate(FIRST_BYTES));
  }

  private static ActiveSegment begin(
      Path file, long sequence, long start, int maxBytes, ByteBuffer bytes) {
    SegmentHeader.write(bytes, start);
    return new ActiveSegment(file, sequence, maxBytes, bytes, SegmentHeader.BYTES, 0);
  }

  /**
   * One that goes on where an earlier process left it.
   *
   * @param bytes what the file holds, header and all
   */
  static ActiveSegment resume(Path file, long sequence, int maxBytes, byte[] bytes) {
    return new ActiveSegment(
        file, sequence, maxBytes, ByteBuffer.wrap(bytes), bytes.length, bytes.length);
  }

  /**
   * The empty one that follows this one, which was {@link #seal sealed}. It takes over the buffer,
   * so that a full segment does not cost the heap a large array each time.
   */
  ActiveSegment next(Path nextFile, long start) {
    ByteBuffer buffer = bytes.capacity() > maxBytes ? ByteBuffer.allocate(FIRST_BYTES) : bytes;
    return begin(nextFile, sequence + 1, start, maxBytes, buffer);
  }

  long sequence() {
    return sequence;
  }

  /** Header and records; only valid until the next append. */
  ByteBuffer bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Where the log begins by the header of this segment on disk; 0 while it is not there. */
  long startOnDisk() {
    return written == 0 ? 0 : SegmentHeader.start(bytes);
  }

  private boolean isEmpty() {
    return size == SegmentHeader.BYTES;
  }

  /** Whether a record fits. One that no segment would hold fits into an empty one. */
  boolean hasRoom(int recordBytes) {
    return isEmpty() || recordBytes <= maxBytes - size;
  }

  /**
   * Appends a record for which there is room.
   *
   * @return its offset
   */
  int append(byte[] key, byte[] value) {
    int at = allot(LogRecord.size(key, value));
    LogRecord.write(bytes, at, key, value);
    return at;
  }

  /** Appends a record of another segment as it is. */
  int append(ByteBuffer from, int fromOffset) {
    int recordBytes = LogRecord.size(from, fromOffset);
    int at = allot(recordBytes);
    bytes.put(at, from, fromOffset, recordBytes);
    return at;
  }

  private int allot(int recordBytes) {
    int at = size;
    int needed = Math.addExact(at, recordBytes);
    if (needed > bytes.capacity()) {
      int doubled = (int) Math.min(2L * bytes.capacity(), maxBytes);
      ByteBuffer larger = ByteBuffer.allocate(Math.max(doubled, needed));
      larger.put(0, bytes, 0, at);
      bytes = larger;
    }
    size = needed;
    return at;
  }

  /**
   * Writes what is not on disk yet, and has the disk keep it.
   *
   * @throws ProcessorStateException if that fails; nothing is lost, and it may be tried again
   */
  void write() {
    if (written == size) {
      return;
    }
    try {
      if (out == null) {
        out = new RandomAccessFile(file.toFile(), "rw");
      }
      out.seek(written);
      out.write(bytes.array(), bytes.arrayOffset() + written, size - written);
      out.getFD().sync();
      if (written == 0) {
        Uninterrupted.call(this::forceDirectory);
      }
      written = size;
    } catch (IOException e) {
      // After a failed sync, the operating system may take for written what is not.
      written = 0;
      close();
      throw new ProcessorStateException(
          "%s could not be written: %s; what the store holds stays readable, and the next write or commit tries again"
              .formatted(file, e),
          e);
    }
  }

  private Void forceDirectory() throws IOException {
    Utils.flushDir(file.toAbsolutePath().getParent());
    return null;
  }

  /**
   * Takes away what was not written whole before a crash.
   *
   * @param end where the last whole record ends
   */
  void truncate(int end) {
    try (RandomAccessFile torn = new RandomAccessFile(file.toFile(), "rw")) {
      torn.setLength(end);
      torn.getFD().sync();
    } catch (IOException e) {
      throw new ProcessorStateException(
          "%s ends in a torn record and could not be truncated to %s bytes: %s; the store was not opened"
              .formatted(file, end, e),
          e);
    }
    size = end;
    written = end;
  }

  /**
   * Writes the rest, and gives the whole for reading.
   *
   * @throws ProcessorStateException if that fails; nothing is lost, and it may be tried again
   */
  SealedSegment seal() {
    write();
    close();
    return SealedSegment.map(file, sequence);
  }

  /** Closes the file without writing. */
  @Override
  public void close() {
    Utils.closeQuietly(out, file.toString());
    out = null;
  }
}
