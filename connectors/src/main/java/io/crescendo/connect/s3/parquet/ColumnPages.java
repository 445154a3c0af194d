package io.crescendo.connect.s3.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;

/**
 * Compressed pages of one column until its row group ends, for only then may they follow those of
 * the column before.
 *
 * <p>Each page is one array, which the file takes over as it is.
 */
final class ColumnPages {

  private final ColumnDescriptor column;
  private final Codec codec;
  private final List<DataPage> data = new ArrayList<>();

  /** Null where there is none. */
  private DictionaryPage dictionary;

  private long values;
  private long bytes;

  ColumnPages(ColumnDescriptor column, Codec codec) {
    this.column = column;
    this.codec = codec;
  }

  /** Adds a page of version 1, which begins with its levels. */
  void add(BytesInput page, Contents contents) throws IOException {
    byte[] compressed = codec.compress(page);
    data.add(new DataPage(compressed, Math.toIntExact(page.size()), contents));
    values += contents.values;
    bytes += compressed.length;
  }

  /** Adds the page of so many values that the others refer to. */
  void addDictionary(BytesInput page, int count) throws IOException {
    byte[] compressed = codec.compress(page);
    dictionary =
        new DictionaryPage(
            BytesInput.from(compressed),
            Math.toIntExact(page.size()),
            count,
            Encoding.PLAIN_DICTIONARY);
    bytes += compressed.length;
  }

  /** What the pages take, in bytes. */
  long bytes() {
    return bytes;
  }

  /**
   * Appends the column.
   *
   * @param writer has a row group open
   * @param file what it writes to
   */
  void writeTo(ParquetFileWriter writer, MemoryFile file) throws IOException {
    writer.startColumn(column, values, codec.name());
    if (dictionary != null) {
      writer.writeDictionaryPage(dictionary);
    }
    for (DataPage page : data) {
      file.keepNext(page.compressed);
      page.writeTo(writer);
    }
    writer.endColumn();
  }

  /**
   * What a data page holds.
   *
   * @param values number of values and nulls
   * @param rows number of rows
   * @param statistics of the values
   * @param repetition how repetition levels are encoded
   * @param definition how definition levels are encoded
   * @param encoding how the values are encoded
   */
  record Contents(
      int values,
      int rows,
      Statistics<?> statistics,
      Encoding repetition,
      Encoding definition,
      Encoding encoding) {}

  private record DataPage(byte[] compressed, int uncompressed, Contents contents) {

    void writeTo(ParquetFileWriter writer) throws IOException {
      writer.writeDataPage(
          contents.values,
          uncompressed,
          BytesInput.from(compressed),
          contents.statistics,
          contents.rows,
          contents.repetition,
          contents.definition,
          contents.encoding);
    }
  }
}
