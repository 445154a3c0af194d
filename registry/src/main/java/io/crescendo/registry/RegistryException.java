package io.crescendo.registry;

/** The registry did not answer, refused, or does not have what was asked for. */
public final class RegistryException extends RuntimeException {

  private final boolean passing;
  private final boolean ofSchema;

  /** What was asked, what came, what happens now. */
  public RegistryException(String message) {
    this(message, null, false);
  }

  private RegistryException(String message, Throwable cause, boolean passing, boolean ofSchema) {
    super(message, cause);
    this.passing = passing;
    this.ofSchema = ofSchema;
  }

  /** The registry answered, and has no schema under an id that can be used. */
  static RegistryException ofSchema(String message, Throwable cause) {
    return new RegistryException(message, cause, false, true);
  }

  RegistryException(String message, Throwable cause, boolean passing) {
    this(message, cause, passing, false);
  }

  /**
   * Whether the registry said that it has no schema under that id, or has one that is not Avro on
   * its own: what carries the id is at fault, or foreign, and not the registry.
   */
  public boolean ofSchema() {
    return ofSchema;
  }

  /** Whether the same request may succeed later: the registry was not there, or overloaded. */
  public boolean passing() {
    return passing;
  }
}
