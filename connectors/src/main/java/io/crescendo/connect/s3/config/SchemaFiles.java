package io.crescendo.connect.s3.config;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Reads Avro schema files. */
final class SchemaFiles {

  private static final String CLASSPATH = "classpath:";

  private SchemaFiles() {}

  /**
   * Reads a schema.
   *
   * @param location {@code classpath:} and a resource of the plugin or the worker, or a file path
   * @throws IOException if it cannot be read
   * @throws org.apache.avro.AvroRuntimeException if it is not a schema
   */
  static Schema read(String location) throws IOException {
    try (InputStream in = open(location)) {
      return new Schema.Parser().parse(in);
    }
  }

  private static InputStream open(String location) throws IOException {
    if (!location.startsWith(CLASSPATH)) {
      Path path = Path.of(location);
      if (!Files.isRegularFile(path)) {
        throw new FileNotFoundException("there is no such file");
      }
      return Files.newInputStream(path);
    }
    String resource = location.substring(CLASSPATH.length());
    for (ClassLoader loader : loaders()) {
      InputStream in = loader.getResourceAsStream(resource);
      if (in != null) {
        return in;
      }
    }
    throw new FileNotFoundException("there is no such resource");
  }

  private static List<ClassLoader> loaders() {
    List<ClassLoader> loaders = new ArrayList<>();
    loaders.add(SchemaFiles.class.getClassLoader());
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null) {
      loaders.add(context);
    }
    return loaders;
  }
}
