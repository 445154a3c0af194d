package io.crescendo.benchmarks.sink;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The directories that a worker runs on, as the build has left them.
 *
 * @param lib class path of a worker
 * @param path its {@code plugin.path}: our sink, the Iceberg sink, and the no-op sink with the
 *     converter, each by itself
 */
record Plugins(Path lib, Path path) {

  /** What the no-op sink and the converter need; prefixes of file names. */
  private static final List<String> OF_BENCHMARKS =
      List.of("crescendo-benchmarks", "crescendo-schemas", "avro-", "jackson-", "commons-");

  /**
   * Lays the plugins out.
   *
   * @param home directory of the project
   * @param into an empty directory
   */
  static Plugins layOut(Path home, Path into) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("connectors/target"))) {
      Path zip = files.filter(f -> f.toString().endsWith(".zip")).findAny().orElseThrow();
      unpack(zip, into);
    }
    copy(Files.list(home.resolve("benchmarks/iceberg/target/lib")), into.resolve("iceberg"));
    Stream<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(f -> OF_BENCHMARKS.stream().anyMatch(f.getFileName().toString()::startsWith));
    copy(classPath, into.resolve("benchmarks"));
    return new Plugins(home.resolve("connect-workers/4.3/target/lib"), into);
  }

  private static void copy(Stream<Path> jars, Path into) throws IOException {
    Files.createDirectories(into);
    try (jars) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, into.resolve(jar.getFileName()));
      }
    }
  }

  private static void unpack(Path zip, Path into) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        Path to = into.resolve(e.getName());
        if (e.isDirectory()) {
          Files.createDirectories(to);
        } else {
          Files.createDirectories(to.getParent());
          Files.copy(in, to);
        }
      }
    }
  }
}
