package io.crescendo.refresh;

/** A step of a refresh was cut off by its deadline. */
public final class DeadlineException extends RefreshException {

  /** A cut with what was going on. */
  public DeadlineException(String message) {
    super(message);
  }

  /** A cut with what was going on, as another library reported it. */
  public DeadlineException(String message, Throwable cause) {
    super(message, cause);
  }
}
