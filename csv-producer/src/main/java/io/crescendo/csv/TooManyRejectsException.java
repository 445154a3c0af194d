package io.crescendo.csv;

/**
 * More rows of a source would be rejected than {@link PublishOptions#maxRejectRate} allows. The
 * message says how many, and what was published; it is safe to print.
 */
public final class TooManyRejectsException extends RuntimeException {

  private final long committed;

  TooManyRejectsException(String message, long committed) {
    super(Excerpt.harmless(message));
    this.committed = committed;
  }

  /** Rows of the source that readers see. */
  public long committed() {
    return committed;
  }
}
