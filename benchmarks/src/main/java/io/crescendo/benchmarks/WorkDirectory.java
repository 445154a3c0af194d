package io.crescendo.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for one run of a benchmark, removed at its end. */
public final class WorkDirectory implements AutoCloseable {

  private final Path path;

  private WorkDirectory(Path path) {
    this.path = path;
  }

  /** A new one, where the system keeps temporary files. */
  public static WorkDirectory create() throws IOException {
    return new WorkDirectory(Files.createTempDirectory("crescendo-benchmark"));
  }

  /** Where it lies. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    delete(path);
  }

  /** Removes a directory with all that is in it. */
  public static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
