package io.crescendo.connect.s3.parquet;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;

/**
 * The row groups of one Parquet file. Page headers, indexes and the footer are parquet-java's; the
 * columns are {@link ColumnChunks}.
 */
final class RowGroups {

  private final RowType type;
  private final long groupBytes;
  private final BytesInputCompressor compressor;
  private final ParquetFileWriter file;

  private ColumnChunkPageWriteStore pages;
  private ColumnChunks columns;
  private long rows;

  /**
   * @param groupBytes data after which a row group ends
   */
  RowGroups(RowType type, MemoryFile to, Codec codec, long groupBytes) throws IOException {
    this.type = type;
    this.groupBytes = groupBytes;
    this.compressor = codec.getCompressor(codec.name());
    this.file =
        new ParquetFileWriter(
            to,
            type.columns(),
            ParquetFileWriter.Mode.CREATE,
            groupBytes,
            0,
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    file.start();
    begin();
  }

  void write(List<Object> some) throws IOException {
    for (Object row : some) {
      type.write(row, columns);
      columns.endRow();
    }
    rows += some.size();
  }

  /** Ends the row group if it has its size. */
  void endAtSize() throws IOException {
    if (columns.buffered() >= groupBytes) {
      end();
      begin();
    }
  }

  /** Data in the file and in the open row group, in bytes. */
  long dataBytes() throws IOException {
    return file.getPos() + columns.buffered();
  }

  /** Heap that all of it takes, in bytes. */
  long allocatedBytes() throws IOException {
    return file.getPos() + columns.allocated();
  }

  /** Ends the file; columns and pages are let go, while the file waits for the store. */
  void close() throws IOException {
    end();
    file.end(Map.of());
    file.close();
    columns = null;
    pages = null;
  }

  private void begin() {
    pages =
        new ColumnChunkPageWriteStore(
            compressor,
            type.columns(),
            HeapByteBufferAllocator.getInstance(),
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    columns = new ColumnChunks(type.columns(), pages);
    rows = 0;
  }

  private void end() throws IOException {
    if (rows > 0) {
      file.startBlock(rows);
      columns.finish();
      pages.flushToFileWriter(file);
      file.endBlock();
    }
    pages.close();
  }
}
