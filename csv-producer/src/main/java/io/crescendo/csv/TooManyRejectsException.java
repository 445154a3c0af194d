package io.crescendo.csv;

import io.crescendo.schemas.Terminal;

/**
 * More rows of a source would be rejected than {@link PublishOptions#maxRejectRate} allows. The
 * message says how many, and what was published; it is safe to print.
 */
public final class TooManyRejectsException extends RuntimeException {

  private final long committed;

  TooManyRejectsException(String message, long committed) {
    super(Terminal.harmless(message));
    this.committed = committed;
  }

  /** Rows of the source that readers see. */
  public long committed() {
    return committed;
  }
}
