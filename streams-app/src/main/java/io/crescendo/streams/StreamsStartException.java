package io.crescendo.streams;

/** The app could not start, or did not come to run; the message says why, and what was not done. */
public final class StreamsStartException extends RuntimeException {

  StreamsStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
