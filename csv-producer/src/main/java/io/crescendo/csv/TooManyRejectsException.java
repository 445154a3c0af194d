package io.crescendo.csv;

/**
 * More rows of a source would be rejected than {@link PublishOptions#maxRejectRate} allows. The
 * message says how many, and what was published.
 */
public final class TooManyRejectsException extends RuntimeException {

  TooManyRejectsException(String message) {
    super(message);
  }
}
