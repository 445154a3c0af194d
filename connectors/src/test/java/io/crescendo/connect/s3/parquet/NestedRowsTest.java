package io.crescendo.connect.s3.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;

/** Rows of any nesting are written with the levels that parquet-avro's writer gives them. */
class NestedRowsTest {

  private static final int DEEPEST = 3;
  private static final int WIDEST = 4;

  @Property(tries = 300)
  void readsAsWhatParquetAvroWrites(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 600) int count) {
    SplittableRandom random = new SplittableRandom(seed);
    Schema schema = new RandomSchema(random).record(0);
    List<GenericRecord> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add((GenericRecord) value(random, schema));
    }
    byte[] ours = ours(schema, rows, ParquetFile.ROW_GROUP_BYTES);
    byte[] theirs = theirs(schema, rows);
    assertThat(counts(ours)).as(schema.toString()).isEqualTo(counts(theirs));
    List<String> expected = Rows.groups(theirs);
    assertThat(Rows.groups(ours)).as(schema.toString()).isEqualTo(expected);
    assertThat(Rows.groups(ours(schema, rows, 1)))
        .as("in several row groups, %s", schema)
        .isEqualTo(expected);
  }

  @Test
  void readsOverThePagesOfAColumn() {
    SplittableRandom random = new SplittableRandom(11);
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Row", "fields": [
                  {"name": "maps", "type": {"type": "array", "items": ["null",
                    {"type": "map", "values": ["null", "int"]}]}},
                  {"name": "text", "type": ["null", "string"]}]}""");
    List<GenericRecord> rows = new ArrayList<>();
    for (int i = 0; i < 45_000; i++) {
      rows.add((GenericRecord) value(random, schema));
    }
    assertThat(Rows.groups(ours(schema, rows, ParquetFile.ROW_GROUP_BYTES)))
        .isEqualTo(Rows.groups(theirs(schema, rows)));
  }

  private static byte[] ours(Schema schema, List<GenericRecord> rows, long groupBytes) {
    AvroRowTypes types = new AvroRowTypes(List.of(schema));
    BinaryMessageEncoder<GenericRecord> encoder =
        new BinaryMessageEncoder<>(GenericData.get(), schema);
    try (Codec codec = new Codec(CompressionCodecName.UNCOMPRESSED)) {
      ParquetFile file = null;
      for (GenericRecord row : rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        encoder.encode(row, bytes);
        RowType type = types.of(null, bytes.toByteArray());
        type.check(bytes.toByteArray());
        file = file == null ? new ParquetFile(type, codec, groupBytes) : file;
        file.write(bytes.toByteArray());
      }
      return Rows.bytes(file.finish());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] theirs(Schema schema, List<GenericRecord> rows) {
    PlainParquetConfiguration configuration = new PlainParquetConfiguration();
    configuration.setBoolean("parquet.avro.write-old-list-structure", false);
    MemoryFile file = new MemoryFile();
    try (ParquetWriter<GenericRecord> writer =
        AvroParquetWriter.<GenericRecord>builder(file)
            .withSchema(schema)
            .withConf(configuration)
            .withDataModel(GenericData.get())
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .build()) {
      for (GenericRecord row : rows) {
        writer.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Rows.bytes(file);
  }

  /** Values and nulls of each column. */
  private static Map<String, String> counts(byte[] file) {
    Map<String, String> counts = new LinkedHashMap<>();
    Rows.footer(file).getBlocks().stream()
        .flatMap(block -> block.getColumns().stream())
        .forEach(
            column ->
                counts.merge(
                    column.getPath().toDotString(),
                    column.getValueCount() + " " + column.getStatistics().getNumNulls(),
                    (a, b) -> a + "; " + b));
    return counts;
  }

  private static Object value(SplittableRandom random, Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> {
        GenericRecord record = new GenericData.Record(schema);
        schema.getFields().forEach(f -> record.put(f.pos(), value(random, f.schema())));
        yield record;
      }
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(value(random, schema.getElementType()));
        }
        yield items;
      }
      case MAP -> {
        Map<String, Object> items = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.put("key " + i, value(random, schema.getValueType()));
        }
        yield items;
      }
      case UNION -> value(random, schema.getTypes().get(random.nextInt(schema.getTypes().size())));
      case NULL -> null;
      case INT -> random.nextInt(50);
      case LONG -> random.nextLong();
      case DOUBLE -> random.nextDouble();
      case BOOLEAN -> random.nextBoolean();
      case STRING -> "Ärtist " + random.nextInt(1_000);
      default -> throw new IllegalStateException("No values of " + schema);
    };
  }

  /** Records of records, lists, maps and unions, and what is in them. */
  private static final class RandomSchema {

    private final SplittableRandom random;
    private int records;

    RandomSchema(SplittableRandom random) {
      this.random = random;
    }

    Schema record(int depth) {
      List<Schema.Field> fields = new ArrayList<>();
      for (int i = random.nextInt(WIDEST); i >= 0; i--) {
        fields.add(new Schema.Field("f" + i, any(depth + 1)));
      }
      return Schema.createRecord("R" + records++, null, "test", false, fields);
    }

    private Schema any(int depth) {
      int kind = random.nextInt(depth > DEEPEST ? 2 : 6);
      return switch (kind) {
        case 0 -> primitive();
        case 1 -> Schema.createUnion(Schema.create(Schema.Type.NULL), primitive());
        case 2 -> record(depth);
        case 3 -> Schema.createArray(any(depth + 1));
        case 4 -> Schema.createMap(any(depth + 1));
        default -> union(depth);
      };
    }

    /** Of different types, one of which may be null. */
    private Schema union(int depth) {
      Set<String> names = new HashSet<>();
      List<Schema> branches = new ArrayList<>();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        Schema branch = any(depth + 1);
        if (!branch.isUnion() && names.add(branch.getFullName())) {
          branches.add(branch);
        }
      }
      if (branches.isEmpty()) {
        branches.add(primitive());
      }
      if (random.nextBoolean()) {
        branches.add(random.nextInt(branches.size() + 1), Schema.create(Schema.Type.NULL));
      }
      return Schema.createUnion(branches);
    }

    private Schema primitive() {
      Schema.Type[] types = {
        Schema.Type.INT,
        Schema.Type.LONG,
        Schema.Type.DOUBLE,
        Schema.Type.BOOLEAN,
        Schema.Type.STRING
      };
      return Schema.create(types[random.nextInt(types.length)]);
    }
  }
}
