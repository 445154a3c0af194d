package io.crescendo.stack;

/**
 * A service of the stack did not start or did not do what was asked of it; the message is fit for a
 * person.
 */
public final class StackException extends RuntimeException {

  /** With a message that says where, what rule, and what happens next. */
  public StackException(String message) {
    super(message);
  }

  /** With the cause behind the message. */
  public StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
