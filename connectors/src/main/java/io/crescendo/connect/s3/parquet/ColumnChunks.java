package io.crescendo.connect.s3.parquet;

import java.io.IOException;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/**
 * The columns of one row group, and where in them the values of a row go. Ends their pages, always
 * between two rows.
 *
 * <p>A row gives each column a value or a null, in the order of the schema. Those below a list or a
 * map that has items get one for each item. That is all that repetition and definition levels need:
 * how deep in optional fields and in items the row is now, and whether an item is the first.
 *
 * @see <a href="https://research.google/pubs/dremel-interactive-analysis-of-web-scale-datasets/">
 *     Dremel, which defines the levels</a>
 */
final class ColumnChunks {

  /** Rows after which a page ends, so that readers can pass over the rest by its statistics. */
  private static final int PAGE_ROWS = 20_000;

  /** Rows between two looks at the columns, unless one of them says that its page is full. */
  private static final int ROWS_BETWEEN_LOOKS = 1_000;

  private final ColumnChunk[] columns;
  private int rowsSinceLook;
  private boolean full;

  /** The column that the next value goes to, and its levels. */
  private int column;

  private int repetition;
  private int definition;

  /** Lists and maps around the next value, which is the repetition level of items but the first. */
  private int depth;

  ColumnChunks(MessageType schema, Codec codec) {
    columns =
        schema.getColumns().stream()
            .map(column -> new ColumnChunk(column, codec))
            .toArray(ColumnChunk[]::new);
  }

  void addBoolean(boolean value) {
    next().write(value, repetition, definition);
    took();
  }

  void addInt(int value) {
    next().write(value, repetition, definition);
    took();
  }

  void addLong(long value) {
    next().write(value, repetition, definition);
    took();
  }

  void addFloat(float value) {
    addInt(Float.floatToRawIntBits(value));
  }

  void addDouble(double value) {
    addLong(Double.doubleToRawLongBits(value));
  }

  void addBytes(byte[] source, int from, int length) {
    next().write(source, from, length, repetition, definition);
    took();
  }

  /** Nothing goes to so many columns: the field that they are in is null, or has no items. */
  void addNulls(int count) {
    for (int i = 0; i < count; i++) {
      next().writeNull(repetition, definition);
    }
  }

  /** The value of an optional field follows. */
  void startOptional() {
    definition++;
  }

  void endOptional() {
    definition--;
  }

  /** The column that the next value goes to. */
  int column() {
    return column;
  }

  /**
   * The items of a list or a map follow, of which there are some.
   *
   * @return what {@link #endItems} is to be given
   */
  int startItems() {
    definition++;
    depth++;
    return repetition;
  }

  /**
   * An item follows.
   *
   * @param first {@link #column} before the first item
   */
  void startItem(int first) {
    // Each item has a column at least, so that only before the first one none has been filled.
    if (column != first) {
      column = first;
      repetition = depth;
    }
  }

  void endItems(int outer) {
    definition--;
    depth--;
    repetition = outer;
  }

  /** Ends the row. */
  void endRow() throws IOException {
    column = 0;
    rowsSinceLook++;
    if (!full && rowsSinceLook < ROWS_BETWEEN_LOOKS) {
      return;
    }
    for (ColumnChunk chunk : columns) {
      if (chunk.isFull() || chunk.rows() >= PAGE_ROWS) {
        chunk.writePage();
      }
    }
    rowsSinceLook = 0;
    full = false;
  }

  /**
   * Ends the chunks, and appends them.
   *
   * @param writer has a row group open
   * @param file what it writes to
   */
  void finish(ParquetFileWriter writer, MemoryFile file) throws IOException {
    for (ColumnChunk chunk : columns) {
      chunk.finish(writer, file);
    }
  }

  /** Heap that the columns take, in bytes. */
  long allocated() {
    long bytes = 0;
    for (ColumnChunk chunk : columns) {
      bytes += chunk.allocated();
    }
    return bytes;
  }

  /** Compressed pages, and values that are not compressed yet as if they were PLAIN, in bytes. */
  long buffered() {
    long bytes = 0;
    for (ColumnChunk chunk : columns) {
      bytes += chunk.buffered();
    }
    return bytes;
  }

  private ColumnChunk next() {
    return columns[column++];
  }

  private void took() {
    full |= columns[column - 1].isFull();
  }
}
