package io.crescendo.csv;

/**
 * A source is not there, or is not an artist file. Nothing of it was published. The message says
 * what was found and what was needed.
 */
public final class UnusableSourceException extends RuntimeException {

  UnusableSourceException(String message) {
    super(message);
  }

  UnusableSourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
