package io.crescendo.benchmarks.sink;

import io.crescendo.connect.s3.parquet.Codec;
import io.crescendo.connect.s3.parquet.ParquetFile;
import io.crescendo.connect.s3.parquet.RowType;
import io.crescendo.connect.s3.parquet.StructRowTypes;
import io.crescendo.schemas.Artist;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the bytes of a Kafka record to a Parquet file in memory, zstd, each way that a sink may go;
 * the time of a row.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@OperationsPerInvocation(EncoderBenchmark.ROWS)
public class EncoderBenchmark {

  static final int ROWS = 50_000;

  private final Schema schema = Artist.getClassSchema();
  private final SingleObjectAvroConverter converter = new SingleObjectAvroConverter();
  private final byte[][] rows = new byte[ROWS][];

  /** Makes the records. */
  @Setup
  public void fill() {
    Artists artists = new Artists(ROWS, 0);
    for (int i = 0; i < ROWS; i++) {
      rows[i] = artists.next();
    }
  }

  /** Ours: no record object of any kind. */
  @Benchmark
  public long bytesToParquet() {
    return BareEncoder.encode(rows);
  }

  /** Ours for any other converter: Structs, written as they are. */
  @Benchmark
  public long structsToParquet() {
    try (Codec codec = new Codec(CompressionCodecName.ZSTD)) {
      StructRowTypes types = new StructRowTypes();
      ParquetFile file = null;
      for (byte[] row : rows) {
        SchemaAndValue value = converter.toConnectData("artists", row);
        RowType type = types.of(value.schema(), value.value());
        type.check(value.value());
        file = file == null ? new ParquetFile(type, codec) : file;
        file.write(value.value());
      }
      return file == null ? 0 : file.finish().length();
    }
  }

  /** Decodes to Avro's generic records, which parquet-avro writes. */
  @Benchmark
  public long genericRecordsThroughAvroParquetWriter() throws IOException {
    ByteArrayFile file = new ByteArrayFile();
    try (ParquetWriter<GenericRecord> writer = avroWriter(file)) {
      for (byte[] row : rows) {
        writer.write(converter.decode(row));
      }
    }
    return file.size();
  }

  /** The way of most sinks: the converter makes Structs, the sink makes generic records of them. */
  @Benchmark
  public long structsThroughAvroParquetWriter() throws IOException {
    ByteArrayFile file = new ByteArrayFile();
    try (ParquetWriter<GenericRecord> writer = avroWriter(file)) {
      for (byte[] row : rows) {
        writer.write(record((Struct) converter.toConnectData("artists", row).value()));
      }
    }
    return file.size();
  }

  private GenericRecord record(Struct struct) {
    GenericRecord record = new GenericData.Record(schema);
    List<Field> fields = struct.schema().fields();
    for (int i = 0; i < fields.size(); i++) {
      Object value = struct.get(fields.get(i));
      record.put(i, value instanceof java.util.Date date ? (Object) date.getTime() : value);
    }
    return record;
  }

  private ParquetWriter<GenericRecord> avroWriter(ByteArrayFile file) throws IOException {
    PlainParquetConfiguration configuration = new PlainParquetConfiguration();
    configuration.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
    return AvroParquetWriter.<GenericRecord>builder(file)
        .withSchema(schema)
        .withDataModel(GenericData.get())
        .withConf(configuration)
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .withCodecFactory(new SinkCodec(new Codec(CompressionCodecName.ZSTD)))
        .build();
  }
}
