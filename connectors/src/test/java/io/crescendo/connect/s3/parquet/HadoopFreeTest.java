package io.crescendo.connect.s3.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;

class HadoopFreeTest {

  @Test
  void writesWithEveryCodecWithoutAnyJarOfHadoop() throws Exception {
    URL[] jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jar -> !Path.of(jar).getFileName().toString().startsWith("hadoop-"))
            .map(HadoopFreeTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader alone = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
      assertThat(alone.getResource("org/apache/hadoop/conf/Configuration.class")).isNull();
      Supplier<?> writer =
          (Supplier<?>)
              alone.loadClass(Writer.class.getName()).getDeclaredConstructor().newInstance();
      assertThat((Long) writer.get()).isGreaterThan(5_000L);
    }
  }

  private static URL url(String path) {
    try {
      return Path.of(path).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes a file with each codec; gives their length in bytes. Loaded by a loader of its own. */
  public static final class Writer implements Supplier<Long> {

    @Override
    public Long get() {
      long length = 0;
      Schema schema = SchemaBuilder.struct().field("n", Schema.INT64_SCHEMA).build();
      for (CompressionCodecName name :
          new CompressionCodecName[] {
            CompressionCodecName.UNCOMPRESSED,
            CompressionCodecName.SNAPPY,
            CompressionCodecName.GZIP,
            CompressionCodecName.ZSTD,
            CompressionCodecName.LZ4_RAW
          }) {
        ParquetFile file =
            new ParquetFile(new StructRowTypes().of(schema, new Struct(schema)), new Codec(name));
        for (long i = 0; i < 20_000; i++) {
          file.write(new Struct(schema).put("n", i));
        }
        length += file.finish().length();
      }
      return length;
    }
  }
}
