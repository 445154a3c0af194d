package io.crescendo.benchmarks.streams;

import io.crescendo.benchmarks.BrokerProcess;
import io.crescendo.benchmarks.Comparison;
import io.crescendo.benchmarks.Contender;
import io.crescendo.benchmarks.Measured;
import io.crescendo.benchmarks.WorkDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The streams app against {@link PassThrough}. */
@Command(
    name = "streams",
    mixinStandardHelpOptions = true,
    description = "The streams app against a topology that only passes records through.")
public final class StreamsBenchmark implements Callable<Integer> {

  private static final String FLOOR = "pass-through";
  private static final String APP = "streams app";

  @Mixin private RunOptions options;

  @Option(
      names = "--records",
      defaultValue = "1000000",
      description = "Updates (default: ${DEFAULT-VALUE}).")
  private long records;

  @Option(
      names = "--artists",
      defaultValue = "500000",
      description = "Artists that they tell of (default: ${DEFAULT-VALUE}).")
  private int artists;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "Keeps a JFR recording of one more run, and says where its time went.")
  private Path profile;

  @Override
  public Integer call() throws Exception {
    try (WorkDirectory dir = WorkDirectory.create();
        BrokerProcess broker = BrokerProcess.start(dir.path().resolve("broker"), List.of())) {
      Workload load =
          Workload.publish(
              broker.bootstrapServers(), artists, records, dir.path().resolve("files"));
      System.out.printf(
          Locale.ROOT,
          "%,d updates over %,d artists, %d stream thread(s), exactly once%n",
          load.updates(),
          load.artists(),
          options.threads());
      Runs runs = new Runs(broker, load, options, dir.path());
      options.warmUp(runs::passThrough);
      options.warmUp(runs::app);
      Comparison comparison =
          Comparison.of(
              options.rounds(),
              List.of(new Contender(FLOOR, runs::passThrough), new Contender(APP, runs::app)));
      System.out.print(comparison.table());
      double ratio =
          comparison.median(APP, Measured::rate) / comparison.median(FLOOR, Measured::rate);
      System.out.printf(
          Locale.ROOT, "Target: at least half of the pass-through's rate; it is %.2f%n", ratio);
      if (profile != null) {
        System.out.print(Profile.of(profile, runs::app));
      }
    }
    return 0;
  }
}
