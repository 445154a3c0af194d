package io.crescendo.csv;

import io.crescendo.schemas.Terminal;

/**
 * A file could not be published to its end. The message says what happened, how much of the file
 * was published, and what to do; it is safe to print.
 */
public final class PublishException extends RuntimeException {

  private final boolean ofSource;
  private final long committed;

  PublishException(String message, boolean ofSource, long committed, Throwable cause) {
    super(Terminal.harmless(message), cause);
    this.ofSource = ofSource;
    this.committed = committed;
  }

  /**
   * Whether it is the file that cannot be read, which will not pass by itself; else Kafka or the
   * store of the file has failed.
   */
  public boolean isOfSource() {
    return ofSource;
  }

  /** Rows of the source that readers see. */
  public long committed() {
    return committed;
  }
}
