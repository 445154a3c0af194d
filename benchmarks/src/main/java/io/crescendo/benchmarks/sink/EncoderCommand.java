package io.crescendo.benchmarks.sink;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The sink's encoder by itself. */
@Command(
    name = "encoder",
    description =
        "Turns the bytes of Kafka records into Parquet each way that a sink may go (JMH).",
    mixinStandardHelpOptions = true)
public final class EncoderCommand implements Callable<Integer> {

  @Option(names = "--forks", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
  private int forks;

  @Option(
      names = "--iterations",
      defaultValue = "5",
      description = "Of three seconds each, after three to warm up. Default: ${DEFAULT-VALUE}")
  private int iterations;

  @Override
  public Integer call() throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(EncoderBenchmark.class.getName())
                    .forks(forks)
                    .measurementIterations(iterations)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    List<RunResult> sorted =
        results.stream().sorted(Comparator.comparingDouble(EncoderCommand::score)).toList();
    System.out.printf("%-46s %10s %10s%n", "", "ns/row", "ratio");
    for (RunResult result : sorted) {
      System.out.printf(
          Locale.ROOT,
          "%-46s %10.0f %10.2f%n",
          result.getPrimaryResult().getLabel(),
          score(result),
          score(result) / score(sorted.get(0)));
    }
    return 0;
  }

  private static double score(RunResult result) {
    return result.getPrimaryResult().getScore();
  }
}
