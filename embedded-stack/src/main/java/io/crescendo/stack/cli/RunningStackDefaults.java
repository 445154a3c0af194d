package io.crescendo.stack.cli;

import io.crescendo.stack.Endpoints;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Points the commands of all modules at the stack that runs on this machine. */
final class RunningStackDefaults implements IDefaultValueProvider {

  private final Map<String, String> values;

  /**
   * @param store whether its S3 is meant, too
   */
  RunningStackDefaults(Endpoints running, boolean store) {
    values = new HashMap<>();
    values.put("--bootstrap-server", running.bootstrapServers());
    values.put("--connect-url", running.connectUrl());
    values.put("--schema-registry", running.schemaRegistry());
    if (store) {
      values.put("--s3-endpoint", running.s3Endpoint());
    }
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    return argument.isOption() ? values.get(((OptionSpec) argument).longestName()) : null;
  }
}
