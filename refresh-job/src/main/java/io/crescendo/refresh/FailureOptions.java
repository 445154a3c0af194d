package io.crescendo.refresh;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Options that say whom to tell when a run fails. */
final class FailureOptions {

  private static final int HIGHEST_PORT = 65_535;

  @Option(
      names = "--on-failure-url",
      paramLabel = "URL",
      defaultValue = "${env:CRESCENDO_ON_FAILURE_URL}",
      description =
          "POST the record of a run that failed to this address (default: environment variable"
              + " CRESCENDO_ON_FAILURE_URL, which other users of the machine do not see)")
  private String url;

  @Option(
      names = "--on-failure-command",
      paramLabel = "COMMAND",
      defaultValue = "${env:CRESCENDO_ON_FAILURE_COMMAND}",
      description =
          "Give the record of a run that failed to the standard input of this command, which"
              + " /bin/sh starts (default: environment variable CRESCENDO_ON_FAILURE_COMMAND)")
  private String command;

  /** Adds a problem for each option that breaks a rule. */
  void check(List<String> problems) {
    if (url != null && address().isEmpty()) {
      // the address may hold a secret, so it is not repeated
      problems.add(
          "--on-failure-url must be an http or https URL with a host, and with a port from 1 to 65535 if it names one");
    }
    if (command != null && command.isBlank()) {
      problems.add("--on-failure-command must not be blank");
    }
  }

  /** The URL; empty where it is none. Read here, because picocli's own complaint repeats it. */
  private Optional<URI> address() {
    try {
      URI address = new URI(url.strip());
      boolean web = String.valueOf(address.getScheme()).matches("(?i)https?");
      boolean port =
          address.getPort() == -1 || address.getPort() > 0 && address.getPort() <= HIGHEST_PORT;
      return web && port && address.getHost() != null ? Optional.of(address) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Whom to tell; they are asked for runs that failed only. */
  List<Consumer<RunRecord>> listeners() {
    List<Consumer<RunRecord>> listeners = new ArrayList<>();
    if (url != null) {
      listeners.add(new FailureWebhook(address().orElseThrow()));
    }
    if (command != null) {
      listeners.add(new FailureCommand(command));
    }
    return listeners;
  }
}
