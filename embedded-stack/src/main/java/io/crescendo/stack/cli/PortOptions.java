package io.crescendo.stack.cli;

import io.crescendo.stack.Ports;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Ports of the stack, each with its own option. */
final class PortOptions {

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Kafka broker (default: ${DEFAULT-VALUE}).")
  private int kafka;

  @Option(
      names = "--s3-port",
      paramLabel = "PORT",
      defaultValue = "9000",
      description = "S3 endpoint (default: ${DEFAULT-VALUE}).")
  private int s3;

  @Option(
      names = "--connect-port",
      paramLabel = "PORT",
      defaultValue = "8083",
      description = "Kafka Connect REST API (default: ${DEFAULT-VALUE}).")
  private int connect;

  @Option(
      names = {"--page-port", "--port"},
      paramLabel = "PORT",
      defaultValue = "8088",
      description = "Built-in page (default: ${DEFAULT-VALUE}).")
  private int page;

  /** What is wrong with them: out of range, given twice, or taken by another program. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Map<Integer, String> options = new HashMap<>();
    new TreeMap<>(
            Map.of(
                "--kafka-port",
                kafka,
                "--s3-port",
                s3,
                "--connect-port",
                connect,
                "--page-port",
                page))
        .forEach(
            (option, port) -> {
              if (port < 1 || port > 65_535) {
                problems.add("%s must be 1 to 65535, got %s".formatted(option, port));
              }
              String other = options.put(port, option);
              if (other != null) {
                problems.add("%s and %s are both %s".formatted(other, option, port));
              }
            });
    if (problems.isEmpty()) {
      ports().taken().forEach(taken -> problems.add("Taken by another program: " + taken));
    }
    return problems;
  }

  Ports ports() {
    return new Ports(kafka, s3, connect, page);
  }
}
