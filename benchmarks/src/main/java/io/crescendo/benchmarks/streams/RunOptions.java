package io.crescendo.benchmarks.streams;

import io.crescendo.benchmarks.Contender;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that all benchmarks of the streams app have. */
final class RunOptions {

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Rounds, of which medians are compared (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Stream threads (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--no-warm-up",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Measures the first run of everything, too.")
  private boolean warmUp;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the streams app, such as rocksdb.bytes=268435456.")
  private Map<String, String> settings = Map.of();

  int rounds() {
    return rounds;
  }

  int threads() {
    return threads;
  }

  Map<String, String> settings() {
    return settings;
  }

  /** Runs a contender that is not measured: the compiler's work is not what is compared. */
  void warmUp(Contender.Run run) throws Exception {
    if (warmUp) {
      run.measure();
    }
  }
}
