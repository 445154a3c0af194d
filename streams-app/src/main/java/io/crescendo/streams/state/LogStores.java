package io.crescendo.streams.state;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;

/** Suppliers of stores for {@link org.apache.kafka.streams.state.Stores}' builders. */
public final class LogStores {

  /** The largest segment that a store may have, in bytes. */
  public static final int MAX_SEGMENT_BYTES = Location.MAX_SEGMENT_BYTES;

  /** The smallest; with smaller ones a log could have more than its index can tell apart. */
  public static final int MIN_SEGMENT_BYTES = 4 << 10;

  private LogStores() {}

  /**
   * A persistent store for lookups by key, which knows no ranges: they throw
   * UnsupportedOperationException. It needs 12 to 23 bytes of heap for each key, whatever the key's
   * size, and up to a segment for each task.
   *
   * @param name name of the store, and of its directory
   * @param segmentBytes size of segments, from {@link #MIN_SEGMENT_BYTES} to {@link
   *     #MAX_SEGMENT_BYTES}; may change between two starts
   * @throws IllegalArgumentException if the name cannot be one of a directory, or segments have
   *     another size
   */
  public static KeyValueBytesStoreSupplier keyValueStore(String name, int segmentBytes) {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.matches(".*[/\\\\].*")) {
      throw new IllegalArgumentException(
          "name of a store must be one of a directory, without separators, got '" + name + "'");
    }
    if (segmentBytes < MIN_SEGMENT_BYTES || segmentBytes > MAX_SEGMENT_BYTES) {
      throw new IllegalArgumentException(
          "segments must have %s to %s bytes, got %s"
              .formatted(MIN_SEGMENT_BYTES, MAX_SEGMENT_BYTES, segmentBytes));
    }
    return new Supplier(name, segmentBytes);
  }

  private record Supplier(String name, int segmentBytes) implements KeyValueBytesStoreSupplier {

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
      return new LogStore(name, segmentBytes);
    }

    @Override
    public String metricsScope() {
      return "log";
    }
  }
}
