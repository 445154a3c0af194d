package io.crescendo.streams;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Native memory that all RocksDB stores of one app share.
 *
 * <p>Left alone, each of the app's stores on each partition takes up to 50 MB of blocks and 48 MB
 * of write buffers. Here one cache holds the blocks, indexes and filters of them all, and their
 * write buffers count against it (half of it at most), so the given size bounds the sum. See <a
 * href="https://kafka.apache.org/documentation/streams/developer-guide/memory-mgmt.html">Kafka
 * Streams memory management</a>.
 *
 * <p>Must outlive the stores: close it after {@code KafkaStreams}.
 */
final class RocksDbMemory implements AutoCloseable {

  /** Room for the smallest write buffers of four partitions. */
  static final long LEAST_BYTES = 8L << 20;

  /** Key under which the app's properties carry an instance to {@link Setter}. */
  static final String PROPERTY = "crescendo.rocksdb.memory";

  /** Variable of RocksDB's own that says where its library is unpacked. */
  private static final String LIBRARY_DIRECTORY = "ROCKSDB_SHAREDLIB_DIR";

  private static final long LARGEST_WRITE_BUFFER = 16L << 20;
  private static final int BLOCK_BYTES = 4 << 10;

  private final long writeBufferBytes;
  private final Cache cache;
  private final WriteBufferManager writeBuffers;

  /**
   * Takes the memory.
   *
   * @throws StreamsStartException if RocksDB cannot be loaded
   */
  RocksDbMemory(long bytes) {
    this(bytes, RocksDB::loadLibrary);
  }

  RocksDbMemory(long bytes, Runnable library) {
    load(library);
    // The larger a buffer, the fewer files a lookup has to ask; and all of them share one half.
    this.writeBufferBytes = Math.min(LARGEST_WRITE_BUFFER, bytes / 8);
    this.cache = new LRUCache(bytes);
    this.writeBuffers = new WriteBufferManager(bytes / 2, cache);
  }

  private static void load(Runnable library) {
    try {
      library.run();
    } catch (LinkageError | RuntimeException e) {
      throw new StreamsStartException(
          "RocksDB's library must be unpacked and loaded from %s, or the directory in %s: %s; the streams app was not started"
              .formatted(
                  System.getProperty("java.io.tmpdir"),
                  LIBRARY_DIRECTORY,
                  e.getCause() == null ? e : e.getCause()),
          e);
    }
  }

  @Override
  public void close() {
    writeBuffers.close();
    cache.close();
  }

  /** Points a store at the shared memory; Kafka Streams makes one of these per store. */
  public static final class Setter implements RocksDBConfigSetter {

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
      if (!(configs.get(PROPERTY) instanceof RocksDbMemory memory)) {
        return;
      }
      BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
      table.setBlockCache(memory.cache);
      table.setBlockSize(BLOCK_BYTES);
      table.setCacheIndexAndFilterBlocks(true);
      table.setPinTopLevelIndexAndFilter(true);
      table.setPinL0FilterAndIndexBlocksInCache(true);
      // Lookups of single keys are most of what the stores do.
      table.setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash);
      options.setTableFormatConfig(table);
      options.setWriteBufferManager(memory.writeBuffers);
      options.setWriteBufferSize(memory.writeBufferBytes);
      options.setMemtableWholeKeyFiltering(true);
      options.setMemtablePrefixBloomSizeRatio(0.05);
      // A store is written by the one thread that has its task.
      options.setAllowConcurrentMemtableWrite(false);
      options.setMaxWriteBufferNumber(2);
      options.setStatsDumpPeriodSec(0);
    }

    @Override
    public void close(String store, Options options) {
      // The memory is the app's, not the store's.
    }
  }
}
