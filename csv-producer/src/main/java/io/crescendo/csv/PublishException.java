package io.crescendo.csv;

/**
 * Kafka or the store of a source failed while a file was being published. The message says what
 * happened, how much of the file was published, and what to do.
 */
public final class PublishException extends RuntimeException {

  PublishException(String message, Throwable cause) {
    super(message, cause);
  }
}
