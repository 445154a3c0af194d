package io.crescendo.streams.state;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.apache.kafka.streams.errors.ProcessorStateException;

/**
 * The file that says through where a log was flushed, so that a log which has lost records at its
 * end, as where its newest segment is gone, can be told from a whole one. Big-endian integers:
 *
 * <pre>
 * offset  bytes
 *      0      4  CRC32C of the 12 bytes that follow
 *      4      8  sequence of the newest segment
 *     12      4  its size, bytes
 * </pre>
 *
 * <p>It is written after what it tells of was forced to disk, and not forced itself: what a crash
 * leaves of it may be of an earlier flush, or nothing that can be read, and then tells less. One
 * from before a loss tells more, and costs one more restoration.
 */
final class FlushedEnd {

  /** Name of the file. */
  static final String NAME = "end";

  private static final int BYTES = 16;
  private static final int SEQUENCE_AT = 4;
  private static final int SIZE_AT = 12;

  private final Path file;
  private long sequence;
  private int size;

  private FlushedEnd(Path file) {
    this.file = file;
  }

  /**
   * Reads it; where there is none, nothing was flushed.
   *
   * @param directory of the log
   */
  static FlushedEnd read(Path directory) {
    FlushedEnd end = new FlushedEnd(directory.resolve(NAME));
    try {
      if (Files.exists(end.file)) {
        end.parse(ByteBuffer.wrap(Files.readAllBytes(end.file)));
      }
    } catch (IOException e) {
      throw new ProcessorStateException(
          "%s could not be read: %s; the store was not opened".formatted(end.file, e), e);
    }
    return end;
  }

  private void parse(ByteBuffer bytes) {
    if (bytes.capacity() == BYTES && bytes.getInt(0) == crc(bytes)) {
      sequence = bytes.getLong(SEQUENCE_AT);
      size = bytes.getInt(SIZE_AT);
    }
  }

  /** Whether more was flushed than a log has that ends in a segment, at a size of it. */
  boolean isBehind(long ofSequence, int ofSize) {
    return sequence > ofSequence || sequence == ofSequence && size > ofSize;
  }

  /**
   * Notes what was flushed.
   *
   * @throws ProcessorStateException if it cannot be written; it may be tried again
   */
  void write(long flushedSequence, int flushedSize) {
    if (sequence == flushedSequence && size == flushedSize) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(SEQUENCE_AT, flushedSequence);
    bytes.putInt(SIZE_AT, flushedSize);
    bytes.putInt(0, crc(bytes));
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(BYTES);
      out.write(bytes.array());
    } catch (IOException e) {
      throw new ProcessorStateException(
          "%s could not be written: %s; what the store holds stays readable, and the next commit tries again"
              .formatted(file, e),
          e);
    }
    sequence = flushedSequence;
    size = flushedSize;
  }

  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(SEQUENCE_AT, BYTES - SEQUENCE_AT));
    return (int) crc.getValue();
  }
}
