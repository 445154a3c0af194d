package io.crescendo.refresh;

/** A step of a refresh failed; the message says where, why, and what happens now. */
public class RefreshException extends RuntimeException {

  /** A failure with its reason. */
  public RefreshException(String message) {
    super(message);
  }

  /** A failure with its reason and cause. */
  public RefreshException(String message, Throwable cause) {
    super(message, cause);
  }
}
