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
 * <p>Rows are kept as they came until there are enough of them, and then encoded in one go: columns
 * of a few rows take more than the rows, and a loop that only encodes is compiled by itself, not
 * with all that leads to it.
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

  /** Data after which a row group ends unless said otherwise, in bytes. */
  public static final long ROW_GROUP_BYTES = 128L * 1024 * 1024;

  private final RowType type;
  private final Codec codec;
  private final long rowGroupBytes;
  private final int columns;
  private final List<Object> kept = new ArrayList<>();
  private long keptBytes;

  /** Null until rows are encoded. */
  private MemoryFile file;

  private RowGroups writer;
  private boolean finished;
  private long rows;
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
    kept.add(value);
    rows++;
    keptBytes += BYTES_PER_KEPT_ROW + type.size(value);
    if (keptBytes >= columns * KEPT_BYTES_PER_COLUMN) {
      encodeKept();
    }
  }

  /** Number of rows that it holds. */
  public long rows() {
    return rows;
  }

  /** Memory that the file takes, in bytes; an estimate. */
  public long bufferedBytes() {
    return writer == null ? keptBytes : columns * BYTES_PER_COLUMN + heapBytes + keptBytes;
  }

  /**
   * What the file holds, in bytes: compressed pages, and rows that are not compressed yet. It ends
   * up smaller by what those compress to.
   */
  public long dataBytes() {
    return dataBytes + keptBytes;
  }

  /**
   * The whole file; no row may follow. Rows of which none was encoded yet, are encoded anew by each
   * call, and stay as they are: of two thousand small files that wait for a store, none takes the
   * room of an encoded one, which is more than that of its rows.
   */
  public Content finish() {
    try {
      if (writer == null) {
        MemoryFile small = new MemoryFile();
        RowGroups once = writer(small);
        once.write(kept);
        once.close();
        return small;
      }
      if (!finished) {
        encodeKept();
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
      if (writer == null) {
        file = new MemoryFile();
        writer = writer(file);
      }
      writer.write(kept);
      kept.clear();
      keptBytes = 0;
      writer.endAtSize();
      dataBytes = writer.dataBytes();
      heapBytes = writer.allocatedBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RowGroups writer(MemoryFile to) throws IOException {
    return new RowGroups(type, to, codec, rowGroupBytes);
  }
}
