package io.crescendo.connect.s3.parquet;

import io.crescendo.connect.s3.store.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * A Parquet file that is being written to memory.
 *
 * <p>Rows are kept as they came until there are enough of them, and then encoded in one go, by
 * another thread while more come: columns of a few rows take more than the rows, and encoding takes
 * most of the time that a sink has. One batch is on its way at most; where nobody has begun it when
 * the next is full, whoever brings that encodes it.
 *
 * <p>Not thread-safe; it may be finished by another thread than the one that wrote it. What it says
 * of its size changes with {@link #write} only.
 */
public final class ParquetFile {

  /** Rows that are kept as they came, in bytes for each column. */
  private static final long KEPT_BYTES_PER_COLUMN = 14 * 1024;

  /** What a column takes beside its values, in bytes; measured. */
  private static final long BYTES_PER_COLUMN = 3 * 1024;

  /** Heap for a byte that is being encoded: an array that is full gets twice its size. */
  private static final int HEAP_PER_NEW_BYTE = 2;

  /** What a kept row takes beside its own bytes. */
  private static final long BYTES_PER_KEPT_ROW = 24;

  /** Data after which a row group ends unless said otherwise, in bytes. */
  public static final long ROW_GROUP_BYTES = 128L * 1024 * 1024;

  private final RowType type;
  private final Codec codec;
  private final long rowGroupBytes;
  private final int columns;
  private final Executor encoder;
  private List<Object> kept = new ArrayList<>();
  private long keptBytes;

  /** The batch that is being encoded; null for none. */
  private FutureTask<Void> encoding;

  private long encodingBytes;

  /** Null until rows are encoded. */
  private MemoryFile file;

  private RowGroups writer;
  private boolean finished;
  private long dataBytes;
  private long heapBytes;

  /**
   * An empty file for rows of that type, with row groups of {@link #ROW_GROUP_BYTES}, encoded by
   * whoever writes them.
   */
  public ParquetFile(RowType type, Codec codec) {
    this(type, codec, ROW_GROUP_BYTES, Runnable::run);
  }

  /**
   * An empty file for rows of that type.
   *
   * @param rowGroupBytes data after which a row group ends
   * @param encoder encodes rows
   */
  public ParquetFile(RowType type, Codec codec, long rowGroupBytes, Executor encoder) {
    this.type = type;
    this.codec = codec;
    this.rowGroupBytes = rowGroupBytes;
    this.encoder = encoder;
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
    ParquetFile file = new ParquetFile(other, codec, rowGroupBytes, encoder);
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
    keptBytes += BYTES_PER_KEPT_ROW + type.size(value);
    if (keptBytes >= columns * KEPT_BYTES_PER_COLUMN) {
      encodeKept();
    }
  }

  /** Memory that the file takes, in bytes; an estimate. */
  public long bufferedBytes() {
    return writer == null
        ? keptBytes
        : columns * BYTES_PER_COLUMN + heapBytes + HEAP_PER_NEW_BYTE * encodingBytes + keptBytes;
  }

  /**
   * What the file holds, in bytes: compressed pages, and rows that are not compressed yet. It ends
   * up smaller by what those compress to.
   */
  public long dataBytes() {
    return dataBytes + encodingBytes + keptBytes;
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
        awaitEncoded();
        writer.close();
        finished = true;
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void encodeKept() {
    if (writer == null) {
      begin();
    }
    awaitEncoded();
    List<Object> rows = kept;
    encoding = new FutureTask<>(() -> encode(rows));
    encodingBytes = keptBytes;
    kept = new ArrayList<>(rows.size());
    keptBytes = 0;
    encoder.execute(encoding);
  }

  private void begin() {
    try {
      file = new MemoryFile();
      writer = writer(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Void encode(List<Object> rows) throws IOException {
    writer.write(rows);
    writer.endAtSize();
    return null;
  }

  /**
   * @throws IllegalStateException if the rows could not be encoded; now, and each time
   */
  private void awaitEncoded() {
    if (encoding == null) {
      return;
    }
    encoding.run(); // does nothing where somebody has begun
    try {
      encoding.get();
      dataBytes = writer.dataBytes();
      heapBytes = writer.allocatedBytes();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Rows of %s could not be encoded: %s".formatted(type, e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while rows were encoded", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    encoding = null;
    encodingBytes = 0;
  }

  private RowGroups writer(MemoryFile to) throws IOException {
    return new RowGroups(type, to, codec, rowGroupBytes);
  }
}
