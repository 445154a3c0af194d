package io.crescendo.connect.s3.parquet;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;

/**
 * The row groups of one Parquet file. Page headers, indexes and the footer are parquet-java's; the
 * columns are {@link ColumnChunks}.
 */
final class RowGroups {

  private final RowType type;
  private final long groupBytes;
  private final Codec codec;
  private final MemoryFile file;
  private final ParquetFileWriter writer;

  private ColumnChunks columns;
  private long rows;

  /**
   * @param groupBytes data after which a row group ends
   */
  RowGroups(RowType type, MemoryFile to, Codec codec, long groupBytes) throws IOException {
    this.type = type;
    this.groupBytes = groupBytes;
    this.codec = codec;
    this.file = to;
    this.writer =
        new ParquetFileWriter(
            to,
            type.columns(),
            ParquetFileWriter.Mode.CREATE,
            groupBytes,
            0,
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    writer.start();
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
  long dataBytes() {
    return file.length() + columns.buffered();
  }

  /** Heap that all of it takes, in bytes. */
  long allocatedBytes() {
    return file.length() + columns.allocated();
  }

  /** Ends the file; columns are let go, while the file waits for the store. */
  void close() throws IOException {
    end();
    writer.end(Map.of());
    writer.close();
    columns = null;
  }

  private void begin() {
    columns = new ColumnChunks(type.columns(), codec);
    rows = 0;
  }

  private void end() throws IOException {
    if (rows > 0) {
      writer.startBlock(rows);
      columns.finish(writer, file);
      writer.endBlock();
    }
  }
}
