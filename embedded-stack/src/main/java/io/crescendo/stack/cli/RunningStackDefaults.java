package io.crescendo.stack.cli;

import io.crescendo.stack.Endpoints;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Points the commands of all modules at the stack that runs on this machine. */
final class RunningStackDefaults implements IDefaultValueProvider {

  private final Map<String, String> values;

  RunningStackDefaults(Endpoints running) {
    values =
        Map.of(
            "--bootstrap-server", running.bootstrapServers(),
            "--s3-endpoint", running.s3Endpoint(),
            "--connect-url", running.connectUrl(),
            "--schema-registry", running.schemaRegistry());
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    return argument.isOption() ? values.get(((OptionSpec) argument).longestName()) : null;
  }
}
