package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

class RocksDbMemoryTest {

  @Test
  void isSharedByTheStoresOfAnApp() {
    try (RocksDbMemory memory = new RocksDbMemory(RocksDbMemory.LEAST_BYTES);
        Options one = options();
        Options other = options()) {
      RocksDbMemory.Setter setter = new RocksDbMemory.Setter();
      setter.setConfig("one", one, Map.of(RocksDbMemory.PROPERTY, memory));
      setter.setConfig("other", other, Map.of(RocksDbMemory.PROPERTY, memory));
      assertThat(one.writeBufferManager()).isNotNull().isSameAs(other.writeBufferManager());
      assertThat(one.writeBufferSize()).isEqualTo(1L << 20);
      BlockBasedTableConfig table = (BlockBasedTableConfig) one.tableFormatConfig();
      assertThat(table.cacheIndexAndFilterBlocks()).isTrue();
    }
  }

  @Test
  void leavesTheDefaultsToATopologyThatRunsOutsideTheApp() {
    try (Options options = options()) {
      new RocksDbMemory.Setter().setConfig("store", options, Map.of());
      assertThat(options.writeBufferManager()).isNull();
    }
  }

  private static Options options() {
    org.rocksdb.RocksDB.loadLibrary();
    return new Options().setTableFormatConfig(new BlockBasedTableConfig());
  }
}
