package io.crescendo.streams.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import org.apache.kafka.common.utils.ByteBufferUnmapper;
import org.apache.kafka.streams.errors.ProcessorStateException;

/**
 * A segment that does not change any more, mapped: whoever reads it needs no channel, which an
 * interrupt would close.
 *
 * @param sequence its place in the log
 * @param bytes header and records; must not be read after {@link #close}, which would crash the JVM
 */
record SealedSegment(long sequence, ByteBuffer bytes) implements AutoCloseable {

  /**
   * Maps a file that holds a whole segment.
   *
   * @throws ProcessorStateException if it cannot be mapped
   */
  static SealedSegment map(Path file, long sequence) {
    try {
      return new SealedSegment(sequence, Uninterrupted.call(() -> map(file)));
    } catch (IOException e) {
      throw new ProcessorStateException(
          "%s could not be mapped: %s; what the store holds stays readable".formatted(file, e), e);
    }
  }

  private static ByteBuffer map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(MapMode.READ_ONLY, 0, channel.size());
    }
  }

  int size() {
    return bytes.capacity();
  }

  /**
   * Unmaps it at once: until then neither its disk space would be free, nor deletable on Windows.
   */
  @Override
  public void close() {
    try {
      ByteBufferUnmapper.unmap("segment " + sequence, bytes);
    } catch (IOException e) {
      throw new ProcessorStateException("Segment %s could not be unmapped".formatted(sequence), e);
    }
  }
}
