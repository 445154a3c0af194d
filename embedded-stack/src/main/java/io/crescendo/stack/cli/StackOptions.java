package io.crescendo.stack.cli;

import io.crescendo.registry.RegistrySettings;
import io.crescendo.stack.DataDirectory;
import io.crescendo.stack.Endpoints;
import io.crescendo.stack.PipelineSettings;
import io.crescendo.stack.Ports;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where a stack keeps its data and where it listens. */
final class StackOptions {

  private static final long NEEDED_BYTES = 200L << 20;

  @Mixin private PortOptions ports;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Directory for everything that is kept (default: CRESCENDO_DATA_DIR, else .crescendo in"
              + " the project). Other commands find a stack by that variable, too.")
  private Path dataDir;

  @Option(
      names = "--schema-registry",
      paramLabel = "URL",
      description =
          "Schema registry with Confluent's REST API, such as http://127.0.0.1:8081, whose wire format"
              + " the topics then carry (default: none is needed).")
  private String schemaRegistry;

  /**
   * The settings that these options ask for.
   *
   * @throws ParameterException naming everything that keeps a stack from starting with them
   */
  PipelineSettings settings(CommandSpec command) {
    List<String> problems = new ArrayList<>();
    Optional<Endpoints> running = DataDirectory.endpoints(dataDir());
    if (running.isPresent()) {
      // its ports are taken, too, which would only mislead
      problems.add(
          "A stack runs with the data directory %s already; its page is %s"
              .formatted(dataDir(), running.get().pageUrl()));
    } else {
      problems.addAll(ports.problems());
      directoryProblem().ifPresent(problems::add);
    }
    registryProblem().ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw new ParameterException(
          command.commandLine(), String.join("\n", problems) + "\nNothing was started.");
    }
    PipelineSettings settings = PipelineSettings.impatient(dataDir(), ports.ports());
    return hasRegistry() ? settings.withSchemaRegistry(schemaRegistry) : settings;
  }

  private boolean hasRegistry() {
    return schemaRegistry != null && !schemaRegistry.isBlank();
  }

  private Optional<String> registryProblem() {
    try {
      if (hasRegistry()) {
        RegistrySettings.of(schemaRegistry, "");
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("--schema-registry: " + e.getMessage());
    }
  }

  Ports ports() {
    return ports.ports();
  }

  private Optional<String> directoryProblem() {
    if (dataDir != null && dataDir.toString().isBlank()) {
      return Optional.of("--data-dir must not be empty");
    }
    Path dir = dataDir();
    try {
      Files.createDirectories(dir);
      if (!Files.isWritable(dir)) {
        return Optional.of("--data-dir: '%s' cannot be written".formatted(dir));
      }
      long free = Files.getFileStore(dir).getUsableSpace();
      return free < NEEDED_BYTES
          ? Optional.of(
              "--data-dir: %s MB are free for '%s'; a stack needs %s MB to begin with"
                  .formatted(free >> 20, dir, NEEDED_BYTES >> 20))
          : Optional.empty();
    } catch (FileAlreadyExistsException e) {
      return Optional.of("--data-dir: '%s' is not a directory".formatted(e.getFile()));
    } catch (IOException e) {
      // the message of a failure such as that permission is denied is the path alone
      return Optional.of(
          "--data-dir: '%s' cannot be used: %s: %s"
              .formatted(dir, e.getClass().getSimpleName(), e.getMessage()));
    }
  }

  Path dataDir() {
    return dataDir == null ? Crescendo.defaultDataDir() : dataDir.toAbsolutePath().normalize();
  }

  /** Sends what is logged to a file in the data directory; the terminal is for the person. */
  void logToFile() {
    System.setProperty("crescendo.log.file", dataDir().resolve("crescendo.log").toString());
    try {
      Configurator.reconfigure(StackOptions.class.getResource("/log4j2-stack.xml").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a resource's own address is not one", e);
    }
  }
}
