package io.crescendo.connect.s3.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;

class ParquetFileTest {

  private static final Schema SCHEMA =
      SchemaBuilder.struct().field("n", Schema.INT64_SCHEMA).build();

  @Test
  void knowsWhatItsRowsTakeInMemory() {
    ParquetFile file =
        new ParquetFile(
            new StructRowTypes().of(SCHEMA, new Struct(SCHEMA)),
            new Codec(CompressionCodecName.UNCOMPRESSED));
    assertThat(file.bufferedBytes()).isZero();
    file.write(new Struct(SCHEMA).put("n", 1L));
    assertThat(file.bufferedBytes()).isPositive();
    for (long i = 1; i < 200_000; i++) {
      file.write(new Struct(SCHEMA).put("n", i * 0x9E3779B97F4A7C15L));
    }
    assertThat(file.bufferedBytes()).isBetween(200_000L * 8, 200_000L * 50);
    assertThat(Rows.read(Rows.bytes(file.finish()))).hasSize(200_000);
  }

  @Test
  void endsRowGroupsAtTheirSize() {
    Codec codec = new Codec(CompressionCodecName.UNCOMPRESSED);
    RowType type = new StructRowTypes().of(SCHEMA, new Struct(SCHEMA));
    ParquetFile small = new ParquetFile(type, codec, 100_000);
    ParquetFile large = new ParquetFile(type, codec);
    for (long i = 0; i < 50_000; i++) {
      small.write(new Struct(SCHEMA).put("n", i * 0x9E3779B97F4A7C15L));
      large.write(new Struct(SCHEMA).put("n", i * 0x9E3779B97F4A7C15L));
    }
    assertThat(Rows.footer(Rows.bytes(small.finish())).getBlocks()).hasSizeBetween(3, 5);
    assertThat(Rows.footer(Rows.bytes(large.finish())).getBlocks()).hasSize(1);
  }

  @Test
  void givesTheSameFileAgainWhereItDidNotLand() {
    ParquetFile file = numbers(50_000);
    byte[] first = Rows.bytes(file.finish());
    assertThat(Rows.bytes(file.finish())).isEqualTo(first);
    assertThat(Rows.read(first)).hasSize(50_000);
  }

  @Test
  void growsWithEachRow() {
    ParquetFile file = numbers(1_000);
    long before = file.dataBytes();
    long memory = file.bufferedBytes();
    file.write(new Struct(SCHEMA).put("n", 1L));
    assertThat(before).isGreaterThanOrEqualTo(1_000 * Long.BYTES);
    assertThat(file.dataBytes()).isGreaterThan(before);
    assertThat(file.bufferedBytes()).isGreaterThan(memory);
  }

  private static ParquetFile numbers(int count) {
    ParquetFile file =
        new ParquetFile(
            new StructRowTypes().of(SCHEMA, new Struct(SCHEMA)),
            new Codec(CompressionCodecName.UNCOMPRESSED),
            100_000);
    for (long i = 0; i < count; i++) {
      file.write(new Struct(SCHEMA).put("n", i * 0x9E3779B97F4A7C15L));
    }
    return file;
  }

  @Test
  void compressesAsHardAsItsLevelSays() {
    assertThat(length(19)).isLessThan(length(1));
  }

  private static long length(int zstdLevel) {
    Schema schema = SchemaBuilder.struct().field("text", Schema.STRING_SCHEMA).build();
    try (Codec codec = new Codec(CompressionCodecName.ZSTD, zstdLevel)) {
      ParquetFile file =
          new ParquetFile(
              new StructRowTypes().of(schema, new Struct(schema)),
              codec,
              ParquetFile.ROW_GROUP_BYTES);
      for (int i = 0; i < 20_000; i++) {
        file.write(new Struct(schema).put("text", "artist " + i + " of genre " + i * i % 97));
      }
      return file.finish().length();
    }
  }
}
