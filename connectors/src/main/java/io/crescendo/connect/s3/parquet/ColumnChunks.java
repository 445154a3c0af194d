package io.crescendo.connect.s3.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.schema.MessageType;

/** The columns of one row group. Ends their pages, always between two rows. */
final class ColumnChunks implements ColumnWriteStore {

  /** Rows after which a page ends, so that readers can pass over the rest by its statistics. */
  private static final int PAGE_ROWS = 20_000;

  /** Rows between two looks at the columns, unless one of them says that its page is full. */
  private static final int ROWS_BETWEEN_LOOKS = 1_000;

  private final Map<ColumnDescriptor, ColumnChunk> columns = new LinkedHashMap<>();
  private int rowsSinceLook;
  private boolean full;

  ColumnChunks(MessageType schema, PageWriteStore pages) {
    for (ColumnDescriptor column : schema.getColumns()) {
      columns.put(column, new ColumnChunk(column, pages.getPageWriter(column), () -> full = true));
    }
  }

  @Override
  public ColumnWriter getColumnWriter(ColumnDescriptor column) {
    return columns.get(column);
  }

  /** Nulls that the record writer holds back belong to the rows before a page's end. */
  @Override
  public boolean isColumnFlushNeeded() {
    return full || rowsSinceLook + 1 == ROWS_BETWEEN_LOOKS;
  }

  @Override
  public void endRecord() {
    rowsSinceLook++;
    if (!full && rowsSinceLook < ROWS_BETWEEN_LOOKS) {
      return;
    }
    for (ColumnChunk column : columns.values()) {
      if (column.isFull() || column.rows() >= PAGE_ROWS) {
        write(column::writePage);
      }
    }
    rowsSinceLook = 0;
    full = false;
  }

  /** Ends the chunks. */
  @Override
  public void flush() {
    columns.values().forEach(column -> write(column::finish));
  }

  @Override
  public long getAllocatedSize() {
    return columns.values().stream().mapToLong(ColumnChunk::allocated).sum();
  }

  @Override
  public long getBufferedSize() {
    return columns.values().stream().mapToLong(ColumnChunk::getBufferedSizeInMemory).sum();
  }

  @Override
  public String memUsageString() {
    return "%,d bytes of %,d".formatted(getBufferedSize(), getAllocatedSize());
  }

  @Override
  public void close() {
    // Nothing is held but heap.
  }

  private static void write(Output output) {
    try {
      output.write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Output {
    void write() throws IOException;
  }
}
