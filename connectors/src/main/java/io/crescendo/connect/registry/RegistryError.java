package io.crescendo.connect.registry;

/**
 * The registry does not answer, refuses, or is another server, which says nothing of the record
 * whose schema was asked for. The task has to stop.
 *
 * <p>No exception: with {@code errors.tolerance=all}, Connect takes every exception of a converter
 * for a bad record, a retriable one, too, once its time is over (RetryWithToleranceOperator, 3.7 to
 * 4.3). A wrong password would send whole topics to the dead letter queue, or nowhere.
 */
final class RegistryError extends Error {

  private static final long serialVersionUID = 1;

  RegistryError(String message, Throwable cause) {
    super(message, cause);
  }
}
