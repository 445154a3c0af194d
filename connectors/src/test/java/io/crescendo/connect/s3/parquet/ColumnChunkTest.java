package io.crescendo.connect.s3.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;

/** What is written comes back, as parquet-java reads it, and lies within the statistics. */
class ColumnChunkTest {

  private static final Schema SCHEMA =
      SchemaBuilder.struct()
          .field("small", Schema.OPTIONAL_INT32_SCHEMA)
          .field("whole", Schema.OPTIONAL_INT64_SCHEMA)
          .field("single", Schema.OPTIONAL_FLOAT32_SCHEMA)
          .field("real", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field("flag", Schema.OPTIONAL_BOOLEAN_SCHEMA)
          .field("text", Schema.OPTIONAL_STRING_SCHEMA)
          .field("bytes", Schema.OPTIONAL_BYTES_SCHEMA)
          .field("price", Decimal.builder(2).optional().build())
          .field("list", SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).optional().build())
          .build();

  @Property(tries = 150)
  void bringsBackEveryValue(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 3_000) int rows,
      @ForAll @IntRange(min = 1, max = 4_000) int different,
      @ForAll @IntRange(min = 0, max = 100) int nullPercent,
      @ForAll boolean smallGroups) {
    checkRows(seed, rows, different, nullPercent, smallGroups ? 40_000 : 1 << 27);
  }

  @Test
  void bringsBackPagesOfEachSort() {
    // two pages by dictionary and a third that overflows it; and columns that never had one
    checkRows(1, 60_000, 3_000, 0, 1 << 27);
    checkRows(2, 45_000, Integer.MAX_VALUE, 3, 1 << 27);
    checkRows(3, 45_000, 1, 50, 1 << 27);
    checkRows(4, 25_000, 100, 100, 1 << 27);
  }

  @Test
  void keepsTheDictionaryOfThePagesBeforeItOverflowed() {
    Schema schema = SchemaBuilder.struct().field("text", Schema.STRING_SCHEMA).build();
    List<Struct> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      rows.add(new Struct(schema).put("text", "genre " + i % 50));
    }
    for (int i = 0; i < 20_000; i++) {
      rows.add(new Struct(schema).put("text", "an artist of her own, number " + i));
    }
    byte[] file = written(schema, rows, 1 << 27);
    ColumnChunkMetaData column = Rows.footer(file).getBlocks().get(0).getColumns().get(0);
    assertThat(column.hasDictionaryPage()).isTrue();
    assertThat(column.getEncodingStats().hasNonDictionaryEncodedPages()).isTrue();
    assertThat(Rows.read(file))
        .extracting(row -> row.get("text").toString())
        .containsExactlyElementsOf(rows.stream().map(row -> row.getString("text")).toList());
  }

  @Test
  void endsAPageOfLargeValuesAtItsSize() {
    Schema schema = SchemaBuilder.struct().field("bytes", Schema.BYTES_SCHEMA).build();
    List<Struct> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(new Struct(schema).put("bytes", ByteBuffer.wrap(random(i, 300_000))));
    }
    byte[] file = written(schema, rows, 1 << 27);
    ColumnChunkMetaData column = Rows.footer(file).getBlocks().get(0).getColumns().get(0);
    assertThat(column.getEncodingStats().getNumDataPagesEncodedAs(Encoding.PLAIN)).isEqualTo(10);
    assertThat(Rows.read(file))
        .extracting(row -> row.get("bytes"))
        .containsExactlyElementsOf(rows.stream().map(row -> row.get("bytes")).toList());
  }

  private static void checkRows(
      long seed, int count, int different, int nullPercent, long groupBytes) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Struct> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(random, different, nullPercent));
    }
    byte[] file = written(SCHEMA, rows, groupBytes);
    List<GenericRecord> read = Rows.read(file);
    assertThat(read).hasSize(count);
    for (int i = 0; i < count; i++) {
      assertThat(values(read.get(i))).isEqualTo(values(rows.get(i)));
    }
    List<BlockMetaData> groups = Rows.footer(file).getBlocks();
    int from = 0;
    for (BlockMetaData group : groups) {
      int to = from + (int) group.getRowCount();
      checkStatistics(group, rows.subList(from, to));
      from = to;
    }
    assertThat(from).isEqualTo(count);
  }

  private static void checkStatistics(BlockMetaData group, List<Struct> rows) {
    checkRange(group, rows, "small", Struct::getInt32);
    checkRange(group, rows, "whole", Struct::getInt64);
    checkRange(group, rows, "real", Struct::getFloat64);
    checkRange(group, rows, "flag", Struct::getBoolean);
    checkRange(group, rows, "text", Struct::getString);
  }

  private static <T extends Comparable<T>> void checkRange(
      BlockMetaData group, List<Struct> rows, String field, BiFunction<Struct, String, T> value) {
    Statistics<?> said =
        group.getColumns().stream()
            .filter(column -> column.getPath().toDotString().equals(field))
            .findFirst()
            .orElseThrow()
            .getStatistics();
    List<T> values =
        rows.stream().map(row -> value.apply(row, field)).filter(Objects::nonNull).toList();
    assertThat(said.getNumNulls()).as(field).isEqualTo(rows.size() - values.size());
    if (!values.isEmpty()) {
      assertThat(plain(said.genericGetMin())).as(field).isEqualTo(Collections.min(values));
      assertThat(plain(said.genericGetMax())).as(field).isEqualTo(Collections.max(values));
    }
  }

  private static byte[] written(Schema schema, List<Struct> rows, long groupBytes) {
    try (Codec codec = new Codec(CompressionCodecName.ZSTD)) {
      ParquetFile file =
          new ParquetFile(new StructRowTypes().of(schema, rows.get(0)), codec, groupBytes);
      rows.forEach(file::write);
      return Rows.bytes(file.finish());
    }
  }

  private static Struct row(SplittableRandom random, int different, int nullPercent) {
    Function<Object, Object> sometimes = value -> random.nextInt(100) < nullPercent ? null : value;
    long n = random.nextInt(different) - different / 2L;
    byte[] some = random(n, (int) Math.floorMod(n, 23L));
    List<String> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add((String) sometimes.apply("genre " + random.nextInt(different)));
    }
    return new Struct(SCHEMA)
        .put("small", sometimes.apply((int) n))
        .put("whole", sometimes.apply(n * 1_000_003))
        .put("single", sometimes.apply(n / 3f))
        .put("real", sometimes.apply(n / 7.0))
        .put("flag", sometimes.apply(n % 2 == 0))
        .put("text", sometimes.apply("Ärtist " + n))
        .put("bytes", sometimes.apply(ByteBuffer.wrap(some)))
        .put("price", sometimes.apply(new BigDecimal(BigInteger.valueOf(n), 2)))
        .put("list", sometimes.apply(list));
  }

  private static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  private static List<Object> values(Struct row) {
    List<Object> values = new ArrayList<>();
    SCHEMA.fields().forEach(field -> values.add(plain(row.get(field))));
    return values;
  }

  private static List<Object> values(GenericRecord row) {
    List<Object> values = new ArrayList<>();
    SCHEMA.fields().forEach(field -> values.add(plain(row.get(field.name()))));
    return values;
  }

  /** In types that both sides have. */
  private static Object plain(Object value) {
    if (value instanceof CharSequence text) {
      return text.toString();
    }
    if (value instanceof Binary text) {
      return text.toStringUsingUTF8();
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(plain(item)));
      return items;
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.unscaledValue();
    }
    if (value instanceof GenericFixed decimal) {
      return new BigInteger(decimal.bytes());
    }
    return value;
  }
}
