package io.crescendo.registry;

/** The registry did not answer, refused, or does not have what was asked for. */
public final class RegistryException extends RuntimeException {

  private final boolean passing;

  /** What was asked, what came, what happens now. */
  public RegistryException(String message) {
    this(message, null, false);
  }

  RegistryException(String message, Throwable cause, boolean passing) {
    super(message, cause);
    this.passing = passing;
  }

  /** Whether the same request may succeed later: the registry was not there, or overloaded. */
  public boolean passing() {
    return passing;
  }
}
