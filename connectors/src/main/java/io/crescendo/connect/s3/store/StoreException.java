package io.crescendo.connect.s3.store;

/** The store did not do what it was asked to. */
public final class StoreException extends RuntimeException {

  private final boolean isTransient;

  /**
   * @param isTransient whether the same request may succeed later
   */
  public StoreException(String message, boolean isTransient, Throwable cause) {
    super(message, cause);
    this.isTransient = isTransient;
  }

  /** Whether the same request may succeed later. */
  public boolean isTransient() {
    return isTransient;
  }
}
