package io.crescendo.streams.state;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;

/** Suppliers of stores for {@link org.apache.kafka.streams.state.Stores}' builders. */
public final class LogStores {

  private LogStores() {}

  /**
   * A persistent store for lookups by key, which knows no ranges: they throw
   * UnsupportedOperationException. It needs 12 to 23 bytes of heap for each key, whatever the key's
   * size, and up to 4 MiB for each task.
   *
   * @param name name of the store, and of its directory
   * @throws IllegalArgumentException if the name cannot be one of a directory
   */
  public static KeyValueBytesStoreSupplier keyValueStore(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.matches(".*[/\\\\].*")) {
      throw new IllegalArgumentException(
          "name of a store must be one of a directory, without separators, got '" + name + "'");
    }
    return new Supplier(name);
  }

  private record Supplier(String name) implements KeyValueBytesStoreSupplier {

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
      return new LogStore(name, Location.MAX_SEGMENT_BYTES);
    }

    @Override
    public String metricsScope() {
      return "log";
    }
  }
}
