package io.crescendo.benchmarks.streams;

import io.crescendo.benchmarks.BrokerProcess;
import io.crescendo.benchmarks.Comparison;
import io.crescendo.benchmarks.Contender;
import io.crescendo.benchmarks.Measured;
import io.crescendo.benchmarks.WorkDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The streams app with few and with many artists in its state. */
@Command(
    name = "streams-state",
    mixinStandardHelpOptions = true,
    description = "The streams app with ever more artists in its state.")
public final class StateBenchmark implements Callable<Integer> {

  @Mixin private RunOptions options;

  @Option(
      names = "--records",
      defaultValue = "1000000",
      description = "Updates of artists that are in the state already (default: ${DEFAULT-VALUE}).")
  private long records;

  @Option(
      names = "--artists",
      split = ",",
      defaultValue = "100000,500000,2000000",
      description =
          "Artists in the state, the base of comparison first (default: ${DEFAULT-VALUE}).")
  private int[] artists;

  @Override
  public Integer call() throws Exception {
    List<BrokerProcess> brokers = new ArrayList<>();
    try (WorkDirectory dir = WorkDirectory.create()) {
      try {
        List<Contender> contenders = new ArrayList<>();
        Runs first = null;
        for (int count : artists) {
          // A topic each, and a topic has one name: a broker each. Those that wait take nothing.
          BrokerProcess broker =
              BrokerProcess.start(dir.path().resolve("broker" + count), List.of());
          brokers.add(broker);
          Workload load =
              Workload.publish(
                  broker.bootstrapServers(), count, count + records, dir.path().resolve("files"));
          Runs runs = new Runs(broker, load, options, dir.path());
          first = first == null ? runs : first;
          contenders.add(new Contender(name(count), runs::appWithStateFilled));
        }
        options.warmUp(first::app);
        Comparison comparison = Comparison.of(options.rounds(), contenders);
        System.out.print(comparison.table());
        double ratio =
            comparison.median(name(artists[artists.length - 1]), Measured::rate)
                / comparison.median(name(artists[0]), Measured::rate);
        System.out.printf(
            Locale.ROOT,
            "Target: no more than 20%% slower at the most artists; it is %.2f%n",
            ratio);
      } finally {
        brokers.forEach(BrokerProcess::close);
      }
    }
    return 0;
  }

  private static String name(int artists) {
    return String.format(Locale.ROOT, "%,d artists", artists);
  }
}
