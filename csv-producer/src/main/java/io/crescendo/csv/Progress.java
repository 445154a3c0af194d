package io.crescendo.csv;

/**
 * Hears how far publishing has come, from the publishing thread; must not block. What it throws
 * ends the publishing.
 */
@FunctionalInterface
public interface Progress {

  /** Hears nothing. */
  Progress NONE = (source, rows, bytes) -> {};

  /**
   * Rows are committed: readers see them, whatever happens next. Called about once a second, and at
   * the end of the file.
   *
   * @param rows rows of this source so far, accepted and rejected
   * @param bytes bytes of this source so far, of {@link Source#size()}
   */
  void published(Source source, long rows, long bytes);

  /**
   * Something about a source that its owner should know, such as an encoding that was guessed.
   *
   * @param message in one sentence; safe to print
   */
  default void noticed(String message) {}

  /**
   * A row goes to {@code artist-rejects}.
   *
   * @param message where, rule, value and fate in one sentence; safe to print
   */
  default void rejected(String message) {}
}
