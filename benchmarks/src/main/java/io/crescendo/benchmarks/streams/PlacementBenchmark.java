package io.crescendo.benchmarks.streams;

import io.crescendo.benchmarks.BrokerProcess;
import io.crescendo.benchmarks.Comparison;
import io.crescendo.benchmarks.Contender;
import io.crescendo.benchmarks.WorkDirectory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the hop to an artist's home partition takes. */
@Command(
    name = "streams-placement",
    mixinStandardHelpOptions = true,
    description = "Records on their home partitions against the same records without keys.")
public final class PlacementBenchmark implements Callable<Integer> {

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

  @Override
  public Integer call() throws Exception {
    try (WorkDirectory dir = WorkDirectory.create();
        BrokerProcess keyed = BrokerProcess.start(dir.path().resolve("keyed"), List.of());
        BrokerProcess keyless = BrokerProcess.start(dir.path().resolve("keyless"), List.of())) {
      Workload load =
          Workload.publish(keyed.bootstrapServers(), artists, records, dir.path().resolve("files"));
      load.copyWithoutKeys(keyed.bootstrapServers(), keyless.bootstrapServers());
      Runs home = new Runs(keyed, load, options, dir.path());
      Runs hop = new Runs(keyless, load, options, dir.path());
      options.warmUp(home::app);
      options.warmUp(hop::app);
      System.out.print(
          Comparison.of(
                  options.rounds(),
                  List.of(
                      new Contender("keyed, on home partitions", home::app),
                      new Contender("without keys, through the hop", hop::app)))
              .table());
    }
    return 0;
  }
}
