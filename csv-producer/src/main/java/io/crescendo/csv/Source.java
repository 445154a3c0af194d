package io.crescendo.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;

/**
 * An artist file, wherever it lies. Describes it; holds nothing open.
 *
 * @see #file(Path)
 * @see S3Source#of
 */
public interface Source {

  /** What messages and the field {@code source} call it, such as {@code artists.csv}. */
  String name();

  /**
   * Tells what is in this file from all else that was ever published, and stays the same between
   * runs: name, size, and hash or ETag. What was published under one identity is not published
   * again, and two publishers of one identity fence each other; see {@link CsvPublisher}.
   *
   * @throws UnusableSourceException if the file cannot be read
   */
  String identity();

  /**
   * Changes whenever the file may have changed; cheaper than {@link #identity}, for looking often.
   */
  default String stamp() {
    return identity();
  }

  /** Bytes as stored; 0 where nobody can tell. */
  long size();

  /** Whether it can be opened again and is then the same; standard input is not. */
  default boolean repeatable() {
    return true;
  }

  /** When the figures in the file were true. */
  Instant observedAt();

  /**
   * Opens it at its first byte. The caller closes the stream.
   *
   * @throws IOException if it cannot be read, or is not any more what it was when it was described
   */
  InputStream open() throws IOException;

  /**
   * Makes sure that what has been read since {@link #open} is what was described.
   *
   * @throws IOException if it may have changed meanwhile
   */
  default void requireUnchanged() throws IOException {}

  /**
   * A file on this machine, observed at its modification time.
   *
   * @throws UnusableSourceException if there is no such file, or it is not a readable file
   */
  static Source file(Path file) {
    return LocalSource.of(file);
  }

  /** The same file with another {@link #observedAt()}. */
  default Source withObservedAt(Instant instant) {
    return new Redated(this, instant);
  }
}
