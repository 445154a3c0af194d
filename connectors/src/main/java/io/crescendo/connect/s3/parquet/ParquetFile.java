package io.crescendo.connect.s3.parquet;

import io.crescendo.connect.s3.store.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Parquet file that is being written to memory.
 *
 * <p>Columns of a few rows take more than the rows, so the first rows are kept as they came, and
 * encoded when there are enough of them.
 *
 * <p>Not thread-safe; it may be finished by another thread than the one that wrote it.
 */
public final class ParquetFile {

  /** Rows that are kept as they came, in bytes for each column. */
  private static final long KEPT_BYTES_PER_COLUMN = 14 * 1024;

  /** What a column takes beside its values, in bytes; measured. */
  private static final long BYTES_PER_COLUMN = 3 * 1024;

  /** What a kept row takes beside its own bytes. */
  private static final long BYTES_PER_KEPT_ROW = 24;

  /** Rows between two looks at the writer's size, which costs as much as some rows. */
  private static final int ROWS_BETWEEN_LOOKS = 512;

  /** Bytes of rows between two looks, where rows are large. */
  private static final long BYTES_BETWEEN_LOOKS = 1024 * 1024;

  /** Heap for a byte that came since the last look: an array that is full gets twice its size. */
  private static final int HEAP_PER_NEW_BYTE = 2;

  /** Data after which a row group ends unless said otherwise, in bytes. */
  public static final long ROW_GROUP_BYTES = 128L * 1024 * 1024;

  private final RowType type;
  private final Codec codec;
  private final long rowGroupBytes;
  private final int columns;

  private List<Object> kept = new ArrayList<>();
  private long keptBytes;

  /** Null while rows are kept. */
  private MemoryFile file;

  private RowGroups writer;
  private boolean finished;
  private int rowsSinceLook;
  private long bytesSinceLook;
  private long dataBytes;
  private long heapBytes;

  /** An empty file for rows of that type, with row groups of {@link #ROW_GROUP_BYTES}. */
  public ParquetFile(RowType type, Codec codec) {
    this(type, codec, ROW_GROUP_BYTES);
  }

  /**
   * An empty file for rows of that type.
   *
   * @param rowGroupBytes data after which a row group ends
   */
  public ParquetFile(RowType type, Codec codec, long rowGroupBytes) {
    this.type = type;
    this.codec = codec;
    this.rowGroupBytes = rowGroupBytes;
    this.columns = type.columns().getColumns().size();
  }

  /** The type of its rows. */
  public RowType type() {
    return type;
  }

  /**
   * This file with its rows as those of another type; empty if some do not fit, or were encoded
   * already.
   */
  public Optional<ParquetFile> as(RowType other) {
    if (writer != null) {
      return Optional.empty();
    }
    ParquetFile file = new ParquetFile(other, codec, rowGroupBytes);
    try {
      kept.forEach(row -> file.write(other.project(row, type)));
    } catch (BadRowException e) {
      return Optional.empty();
    }
    return Optional.of(file);
  }

  /** Appends a row of its type. */
  public void write(Object value) {
    if (writer != null) {
      encode(value);
      return;
    }
    kept.add(value);
    keptBytes += BYTES_PER_KEPT_ROW + type.size(value);
    if (keptBytes >= columns * KEPT_BYTES_PER_COLUMN) {
      encodeKept();
    }
  }

  /** Memory that the file takes, in bytes; an estimate. */
  public long bufferedBytes() {
    return writer == null
        ? keptBytes
        : columns * BYTES_PER_COLUMN + heapBytes + HEAP_PER_NEW_BYTE * bytesSinceLook;
  }

  /**
   * What the file holds, in bytes: compressed pages, and rows that are not compressed yet. It ends
   * up smaller by what those compress to.
   */
  public long dataBytes() {
    return writer == null ? keptBytes : dataBytes + bytesSinceLook;
  }

  /**
   * The whole file; no row may follow. Rows that were kept are encoded anew by each call, and stay
   * as they are: of two thousand small files that wait for a store, none takes the room of an
   * encoded one, which is more than that of its rows.
   */
  public Content finish() {
    try {
      if (writer == null) {
        MemoryFile small = new MemoryFile();
        RowGroups once = writer(small);
        for (Object row : kept) {
          once.write(row);
        }
        once.close();
        return small;
      }
      if (!finished) {
        writer.close();
        finished = true;
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void encodeKept() {
    try {
      file = new MemoryFile();
      writer = writer(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kept.forEach(this::encode);
    kept = List.of();
    keptBytes = 0;
  }

  private RowGroups writer(MemoryFile to) throws IOException {
    return new RowGroups(type, to, codec, rowGroupBytes);
  }

  private void encode(Object value) {
    try {
      bytesSinceLook += writer.write(value);
      if (++rowsSinceLook == ROWS_BETWEEN_LOOKS || bytesSinceLook >= BYTES_BETWEEN_LOOKS) {
        look();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void look() throws IOException {
    writer.endAtSize();
    dataBytes = writer.dataBytes();
    heapBytes = writer.allocatedBytes();
    rowsSinceLook = 0;
    bytesSinceLook = 0;
  }
}
