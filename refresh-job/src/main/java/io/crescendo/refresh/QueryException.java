package io.crescendo.refresh;

/** The engine refused a query or failed while running it. */
public final class QueryException extends RefreshException {

  /** A refusal with the engine's reason. */
  public QueryException(String message, Throwable cause) {
    super(message, cause);
  }
}
