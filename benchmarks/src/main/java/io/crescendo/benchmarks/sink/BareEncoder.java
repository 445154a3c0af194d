package io.crescendo.benchmarks.sink;

import io.crescendo.benchmarks.Measured;
import io.crescendo.connect.s3.parquet.AvroRowTypes;
import io.crescendo.connect.s3.parquet.Codec;
import io.crescendo.connect.s3.parquet.ParquetFile;
import io.crescendo.connect.s3.parquet.RowType;
import io.crescendo.schemas.Artist;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** The encoder without Kafka, Connect or S3, in a fresh JVM, whose compiler is cold too. */
public final class BareEncoder {

  private static final int FILE_ROWS = 250_000;

  private BareEncoder() {}

  /** Measures in a JVM of its own. */
  static Measured run(int records) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-cp",
                System.getProperty("java.class.path"),
                BareEncoder.class.getName(),
                Integer.toString(records))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String[] figures =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .strip()
            .split(" ");
    process.waitFor();
    return new Measured(records, Double.parseDouble(figures[0]), Double.parseDouble(figures[1]));
  }

  /** Prints the seconds by the clock and by the processor. */
  public static void main(String[] args) throws Exception {
    byte[][] rows = new byte[Integer.parseInt(args[0])][];
    Artists artists = new Artists(rows.length, 0);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = artists.next();
    }
    Measured measured = Measured.here(() -> encode(rows));
    System.out.println(measured.seconds() + " " + measured.cpuSeconds());
  }

  /** Makes files of those rows; returns how many rows there were. */
  static long encode(byte[][] rows) {
    try (Codec codec = new Codec(CompressionCodecName.ZSTD)) {
      AvroRowTypes types = new AvroRowTypes(List.of(Artist.getClassSchema()));
      ParquetFile file = null;
      for (int i = 0; i < rows.length; i++) {
        RowType type = types.of(null, rows[i]);
        if (i % FILE_ROWS == 0) {
          if (file != null) {
            file.finish();
          }
          file = new ParquetFile(type, codec);
        }
        file.write(rows[i]);
      }
      if (file != null) {
        file.finish();
      }
    }
    return rows.length;
  }
}
