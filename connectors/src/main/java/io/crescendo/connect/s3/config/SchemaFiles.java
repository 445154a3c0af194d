package io.crescendo.connect.s3.config;

import com.fasterxml.jackson.core.JsonProcessingException;
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
   * @throws IllegalArgumentException if it is not a schema; says no more of the file than where, as
   *     whoever names it may not be allowed to read it
   */
  static Schema read(String location) throws IOException {
    try (InputStream in = open(location)) {
      return parse(in);
    }
  }

  private static Schema parse(InputStream in) throws IOException {
    try {
      // As with a registry: whoever wrote it may have been careless with its defaults.
      return new Schema.Parser().setValidateDefaults(false).parse(in);
    } catch (JsonProcessingException | RuntimeException e) {
      // Avro throws more than its own exceptions, and all of them quote the file.
      throw new IllegalArgumentException("is no Avro schema" + place(e));
    }
  }

  private static String place(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof JsonProcessingException json && json.getLocation() != null) {
        return ", as line %s, column %s shows"
            .formatted(json.getLocation().getLineNr(), json.getLocation().getColumnNr());
      }
    }
    return "";
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
