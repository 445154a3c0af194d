package io.crescendo.refresh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory of one compaction, which goes with it; what a killed one left goes a day later. */
final class Scratch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);
  private static final String PREFIX = "compact-";
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path directory;

  private Scratch(Path directory) {
    this.directory = directory;
  }

  /** A new one under a directory, which is made when it is missing. */
  static Scratch in(Path parent, Clock clock) throws IOException {
    Files.createDirectories(parent);
    removeAbandoned(parent, clock.instant().minus(ABANDONED));
    return new Scratch(Files.createTempDirectory(parent, PREFIX));
  }

  private static void removeAbandoned(Path parent, Instant before) throws IOException {
    List<Path> left;
    try (Stream<Path> all = Files.list(parent)) {
      left = all.filter(p -> p.getFileName().toString().startsWith(PREFIX)).toList();
    }
    for (Path path : left) {
      long modified = path.toFile().lastModified();
      // 0: another compaction removes it at this moment
      if (modified > 0 && modified < before.toEpochMilli()) {
        delete(path);
      }
    }
  }

  Path path() {
    return directory;
  }

  /** Removes what is in it, for the next part of the work. */
  void empty() {
    try (Stream<Path> all = Files.list(directory)) {
      all.toList().forEach(Scratch::delete);
    } catch (IOException e) {
      LOG.warn("{} could not be emptied: {}", directory, Reason.of(e));
    }
  }

  @Override
  public void close() {
    delete(directory);
  }

  private static void delete(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      LOG.warn("{} is no longer needed and stays: {}", root, Reason.of(e));
    }
  }
}
