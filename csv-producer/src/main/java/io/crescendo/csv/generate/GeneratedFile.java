package io.crescendo.csv.generate;

import java.nio.file.Path;
import java.time.Instant;

/**
 * An artist file that was written.
 *
 * @param path where it lies; its modification time is {@code observedAt}
 * @param observedAt when its figures are supposed to have been true
 * @param rows artists in it
 * @param broken how many of those rows break a rule
 */
public record GeneratedFile(Path path, Instant observedAt, long rows, long broken) {

  /** A sound file. */
  public GeneratedFile(Path path, Instant observedAt, long rows) {
    this(path, observedAt, rows, 0);
  }
}
