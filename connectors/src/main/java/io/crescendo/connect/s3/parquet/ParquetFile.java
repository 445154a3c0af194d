package io.crescendo.connect.s3.parquet;

import io.crescendo.connect.s3.store.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;

/**
 * A Parquet file that is being written to memory.
 *
 * <p>A Parquet writer takes some 14 kB per column before it has seen a row: a quarter of a megabyte
 * for an artist, half a gigabyte for two thousand open files. So the first rows are kept as they
 * came, and the writer is made once they take as much as it would.
 *
 * <p>Not thread-safe; it may be finished by another thread than the one that wrote it.
 */
public final class ParquetFile {

  /** What a writer takes for each column without any row, in bytes; measured. */
  private static final long WRITER_BYTES_PER_COLUMN = 14 * 1024;

  /** What a kept value takes beside its own bytes. */
  private static final long KEPT_BYTES = 24;

  /** Rows between two looks at the writer's size, which costs as much as some rows. */
  private static final int LARGEST_GAP = 512;

  /**
   * Dictionary of a column beyond which it is written plain. A dictionary takes several times its
   * bytes in memory, and the columns that overflow it are those that hardly repeat.
   */
  private static final int DICTIONARY_BYTES = 64 * 1024;

  /** Heap per byte that the writer says it holds: slabs that are not full, dictionary maps. */
  private static final int HEAP_PER_BYTE = 2;

  /** Data after which a row group ends unless said otherwise, in bytes. */
  public static final long ROW_GROUP_BYTES = 128L * 1024 * 1024;

  private final RowType type;
  private final Codec codec;
  private final long rowGroupBytes;
  private final long writerBytes;

  private List<Object> kept = new ArrayList<>();
  private long keptBytes;

  /** Null while rows are kept. */
  private MemoryFile file;

  private ParquetWriter<Object> writer;
  private boolean finished;
  private int rowsSinceMeasured;
  private long bytesSinceMeasured;
  private long measuredBytes;

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
    this.writerBytes = WRITER_BYTES_PER_COLUMN * type.columns().getColumns().size();
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
    keptBytes += KEPT_BYTES + type.size(value);
    if (keptBytes >= writerBytes) {
      encodeKept();
    }
  }

  /** Memory that the file takes, in bytes; an estimate. */
  public long bufferedBytes() {
    return writer == null
        ? keptBytes
        : writerBytes + HEAP_PER_BYTE * (measuredBytes + bytesSinceMeasured);
  }

  /**
   * What the file holds, in bytes: compressed pages, and rows that are not compressed yet. It ends
   * up smaller by what those compress to.
   */
  public long dataBytes() {
    return writer == null ? keptBytes : measuredBytes + bytesSinceMeasured;
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
        try (ParquetWriter<Object> once = writer(small)) {
          for (Object row : kept) {
            once.write(row);
          }
        }
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

  private ParquetWriter<Object> writer(MemoryFile to) throws IOException {
    return new Builder(type, to, codec, rowGroupBytes).build();
  }

  private void encode(Object value) {
    try {
      writer.write(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytesSinceMeasured += type.size(value);
    if (++rowsSinceMeasured == LARGEST_GAP) {
      measuredBytes = writer.getDataSize();
      rowsSinceMeasured = 0;
      bytesSinceMeasured = 0;
    }
  }

  private static final class Builder extends ParquetWriter.Builder<Object, Builder> {

    private final RowType type;

    Builder(RowType type, MemoryFile file, Codec codec, long rowGroupBytes) {
      super(file);
      this.type = type;
      withCompressionCodec(codec.name());
      withCodecFactory(codec);
      withConf(new PlainParquetConfiguration());
      withRowGroupSize(rowGroupBytes);
      withDictionaryPageSize(DICTIONARY_BYTES);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Object> getWriteSupport(Configuration configuration) {
      return new RowWriteSupport(type);
    }

    @Override
    protected WriteSupport<Object> getWriteSupport(ParquetConfiguration configuration) {
      return new RowWriteSupport(type);
    }
  }
}
