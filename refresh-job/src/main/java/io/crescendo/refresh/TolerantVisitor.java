package io.crescendo.refresh;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Visits the files of a directory that other programs change meanwhile: what has vanished is passed
 * over, and what fails is logged and passed over.
 */
final class TolerantVisitor extends SimpleFileVisitor<Path> {

  private static final Logger LOG = LoggerFactory.getLogger(TolerantVisitor.class);

  /** What to do with a file. */
  @FunctionalInterface
  interface Visit {
    void of(Path file, BasicFileAttributes attributes) throws IOException;
  }

  private final Visit visit;

  TolerantVisitor(Visit visit) {
    this.visit = visit;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    try {
      visit.of(file, attributes);
      return FileVisitResult.CONTINUE;
    } catch (IOException e) {
      return visitFileFailed(file, e);
    }
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    if (!(e instanceof NoSuchFileException)) {
      LOG.warn("{} is passed over: {}", file, Reason.of(e));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, IOException e) {
    return e == null ? FileVisitResult.CONTINUE : visitFileFailed(directory, e);
  }
}
