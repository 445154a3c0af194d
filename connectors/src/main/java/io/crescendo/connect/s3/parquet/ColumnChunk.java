package io.crescendo.connect.s3.parquet;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * One column of a row group, in pages of version 1: by dictionary as long as that pays, else PLAIN.
 *
 * <p>parquet-java's column writers take most of the time that encoding takes. Here a value is
 * encoded once, into one array, looked up there, and statistics are made of a whole page, by a
 * dictionary's values where there is one.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/Encodings.md">Parquet
 *     encodings</a>
 */
final class ColumnChunk {

  /** Bytes of values after which a page ends. */
  private static final int PAGE_BYTES = 1024 * 1024;

  /**
   * Dictionary beyond which a column is written plain: the columns that overflow it are those that
   * hardly repeat.
   */
  private static final int DICTIONARY_BYTES = 64 * 1024;

  private static final int FIRST_VALUES = 16;

  private final PrimitiveType type;
  private final ColumnPages pages;
  private final Levels repetition;
  private final Levels definition;
  private final int lengthBytes;

  // The open page. Its values are in plain, or their numbers in the dictionary are in numbers.
  private int values;
  private int nulls;
  private int rows;
  private byte[] plain = new byte[FIRST_VALUES];
  private int plainBytes;
  private int[] numbers = new int[FIRST_VALUES];
  private int numbered;

  /** What the numbered values would take in plain. */
  private long numberedBytes;

  /** Null where values are not numbered, or no longer. */
  private ValueDictionary dictionary;

  /** What the pages written so far refer to; null where none does. */
  private ValueDictionary referred;

  private int referredValues;

  ColumnChunk(ColumnDescriptor column, Codec codec) {
    this.type = column.getPrimitiveType();
    this.pages = new ColumnPages(column, codec);
    this.repetition = new Levels(column.getMaxRepetitionLevel());
    this.definition = new Levels(column.getMaxDefinitionLevel());
    this.lengthBytes = is(PrimitiveTypeName.BINARY) ? Integer.BYTES : 0;
    this.dictionary = is(PrimitiveTypeName.BOOLEAN) ? null : new ValueDictionary();
  }

  /** Writes an integer, or the bits of a float. */
  void write(int value, int repetitionLevel, int definitionLevel) {
    level(repetitionLevel, definitionLevel);
    LittleEndian.INTS.set(room(Integer.BYTES), plainBytes, value);
    took(Integer.BYTES);
  }

  /** Writes an integer, or the bits of a double. */
  void write(long value, int repetitionLevel, int definitionLevel) {
    level(repetitionLevel, definitionLevel);
    LittleEndian.LONGS.set(room(Long.BYTES), plainBytes, value);
    took(Long.BYTES);
  }

  /** A byte for now; {@link #plainValues} packs eight into one. */
  void write(boolean value, int repetitionLevel, int definitionLevel) {
    level(repetitionLevel, definitionLevel);
    room(1)[plainBytes] = (byte) (value ? 1 : 0);
    took(1);
  }

  void write(byte[] source, int from, int length, int repetitionLevel, int definitionLevel) {
    level(repetitionLevel, definitionLevel);
    byte[] page = room(lengthBytes + length);
    if (lengthBytes > 0) {
      LittleEndian.INTS.set(page, plainBytes, length);
    }
    System.arraycopy(source, from, page, plainBytes + lengthBytes, length);
    took(lengthBytes + length);
  }

  void writeNull(int repetitionLevel, int definitionLevel) {
    level(repetitionLevel, definitionLevel);
    nulls++;
  }

  /** Whether the open page has its size. */
  boolean isFull() {
    return plainBytes + numberedBytes >= PAGE_BYTES;
  }

  /** Rows of the open page. */
  int rows() {
    return rows;
  }

  /** Ends the open page. */
  void writePage() throws IOException {
    if (numbered > 0 && referred == null && !dictionaryPays()) {
      giveDictionaryUp();
    }
    boolean byNumber = numbered > 0;
    pages.add(
        BytesInput.concat(
            repetition.encoded(values),
            definition.encoded(values),
            byNumber ? numbers() : plainValues()),
        new ColumnPages.Contents(
            values,
            rows,
            statistics(),
            repetition.encoding(),
            definition.encoding(),
            byNumber ? Encoding.PLAIN_DICTIONARY : Encoding.PLAIN));
    if (byNumber) {
      referred = dictionary;
      referredValues = dictionary.count();
    }
    values = 0;
    nulls = 0;
    rows = 0;
    plainBytes = 0;
    numbered = 0;
    numberedBytes = 0;
  }

  /**
   * Ends the chunk, and appends it.
   *
   * @param writer has a row group open
   * @param file what it writes to
   */
  void finish(ParquetFileWriter writer, MemoryFile file) throws IOException {
    if (values > 0) {
      writePage();
    }
    if (referred != null) {
      int bytes = referred.end(referredValues - 1);
      pages.addDictionary(BytesInput.from(referred.bytes(), 0, bytes), referredValues);
    }
    pages.writeTo(writer, file);
  }

  /** Heap that it takes, compressed pages included, in bytes. */
  long allocated() {
    return plain.length
        + (long) Integer.BYTES * numbers.length
        + repetition.allocated()
        + definition.allocated()
        + (dictionary == null ? 0 : dictionary.allocated())
        + (referred == null || referred == dictionary ? 0 : referred.allocated())
        + pages.bytes();
  }

  /** Compressed pages, and values that are not compressed yet as if they were PLAIN, in bytes. */
  long buffered() {
    return plainBytes + numberedBytes + pages.bytes();
  }

  private boolean is(PrimitiveTypeName name) {
    return type.getPrimitiveTypeName() == name;
  }

  private void level(int repetitionLevel, int definitionLevel) {
    repetition.set(values, repetitionLevel);
    definition.set(values, definitionLevel);
    values++;
    if (repetitionLevel == 0) {
      rows++;
    }
  }

  /** The page's values, with room for so many bytes more. */
  private byte[] room(int bytes) {
    if (plain.length - plainBytes < bytes) {
      plain = Arrays.copyOf(plain, Math.max(2 * plain.length, plainBytes + bytes));
    }
    return plain;
  }

  /** The value that was encoded behind the others is so long. */
  private void took(int length) {
    if (dictionary == null) {
      plainBytes += length;
    } else {
      if (numbered == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * numbered);
      }
      numbers[numbered++] = dictionary.number(plain, plainBytes, length);
      numberedBytes += length;
      if (dictionary.size() > DICTIONARY_BYTES) {
        giveDictionaryUp();
      }
    }
  }

  private boolean dictionaryPays() {
    long bits = (long) Levels.width(dictionary.count() - 1) * numbered;
    return bits / Byte.SIZE + dictionary.size() < numberedBytes;
  }

  private void giveDictionaryUp() {
    for (int i = 0; i < numbered; i++) {
      int start = dictionary.start(numbers[i]);
      int length = dictionary.end(numbers[i]) - start;
      System.arraycopy(dictionary.bytes(), start, room(length), plainBytes, length);
      plainBytes += length;
    }
    numbered = 0;
    numberedBytes = 0;
    numbers = new int[0];
    dictionary = null;
  }

  private BytesInput numbers() {
    int width = Levels.width(dictionary.count() - 1);
    int[] all = numbers;
    return BytesInput.concat(
        BytesInput.from(new byte[] {(byte) width}),
        RleBitPacking.encode(width, numbered, i -> all[i]));
  }

  private BytesInput plainValues() {
    if (!is(PrimitiveTypeName.BOOLEAN)) {
      return BytesInput.from(plain, 0, plainBytes);
    }
    byte[] packed = new byte[(plainBytes + Byte.SIZE - 1) / Byte.SIZE];
    for (int i = 0; i < plainBytes; i++) {
      packed[i / Byte.SIZE] |= (byte) (plain[i] << i % Byte.SIZE);
    }
    return BytesInput.from(packed);
  }

  private Statistics<?> statistics() {
    PageStatistics statistics = new PageStatistics(type);
    if (numbered == 0) {
      int length;
      for (int at = 0; at < plainBytes; at += lengthBytes + length) {
        length = lengthOf(plain, at);
        statistics.take(plain, at + lengthBytes, at + lengthBytes + length);
      }
    } else {
      BitSet used = new BitSet(dictionary.count());
      for (int i = 0; i < numbered; i++) {
        used.set(numbers[i]);
      }
      for (int n = used.nextSetBit(0); n >= 0; n = used.nextSetBit(n + 1)) {
        statistics.take(dictionary.bytes(), dictionary.start(n) + lengthBytes, dictionary.end(n));
      }
    }
    return statistics.withNulls(nulls);
  }

  private int lengthOf(byte[] page, int at) {
    return switch (type.getPrimitiveTypeName()) {
      case BINARY -> (int) LittleEndian.INTS.get(page, at);
      case FIXED_LEN_BYTE_ARRAY -> type.getTypeLength();
      case INT96 -> 12;
      case INT32, FLOAT -> Integer.BYTES;
      case INT64, DOUBLE -> Long.BYTES;
      case BOOLEAN -> 1;
    };
  }
}
