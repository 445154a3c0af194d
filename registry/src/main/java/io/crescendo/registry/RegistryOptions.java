package io.crescendo.registry;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Options of commands that read or write Avro: where the schema registry is. A password comes from
 * the environment, because command lines can be seen by others.
 */
public final class RegistryOptions {

  /** Variable that holds {@code user:password}. */
  public static final String USER_INFO = "CRESCENDO_SCHEMA_REGISTRY_USER_INFO";

  /** Variable that holds addresses where the option is not given. */
  public static final String URL = "CRESCENDO_SCHEMA_REGISTRY_URL";

  private final Map<String, String> environment;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--schema-registry",
      paramLabel = "URL",
      description =
          "Schema registry with Confluent's REST API, such as http://127.0.0.1:8081; several are"
              + " separated by commas. Without it records carry the fingerprint of their schema, and"
              + " no registry is asked. Variable CRESCENDO_SCHEMA_REGISTRY_URL stands for it; user and password are in variable "
              + USER_INFO
              + ".")
  private String urls;

  /** Options that read the environment of the process. */
  public RegistryOptions() {
    this(System.getenv());
  }

  /** Options that read the given environment. */
  public RegistryOptions(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * The registry; empty where none was given.
   *
   * @throws ParameterException if the address or the user info is wrong
   */
  public Optional<SchemaRegistry> registry() {
    String addresses = urls == null ? environment.getOrDefault(URL, "") : urls;
    if (addresses.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SchemaRegistry(
              RegistrySettings.of(addresses, environment.getOrDefault(USER_INFO, ""))));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--schema-registry: %s".formatted(e.getMessage()), e);
    }
  }
}
