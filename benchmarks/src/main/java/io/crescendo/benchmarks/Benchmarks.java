package io.crescendo.benchmarks;

import io.crescendo.benchmarks.csv.CsvBenchmark;
import io.crescendo.benchmarks.refresh.PageBenchmark;
import io.crescendo.benchmarks.refresh.RefreshBenchmark;
import io.crescendo.benchmarks.sink.EncoderCommand;
import io.crescendo.benchmarks.sink.SinkBenchmark;
import io.crescendo.benchmarks.streams.PlacementBenchmark;
import io.crescendo.benchmarks.streams.StateBenchmark;
import io.crescendo.benchmarks.streams.StreamsBenchmark;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks, a subcommand each. */
@Command(
    name = "benchmarks/run",
    description = "Measures a part of the pipeline against a named alternative or a floor.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "BENCHMARK",
    subcommands = {
      CsvBenchmark.class,
      SinkBenchmark.class,
      EncoderCommand.class,
      StreamsBenchmark.class,
      StateBenchmark.class,
      PlacementBenchmark.class,
      RefreshBenchmark.class,
      PageBenchmark.class,
    })
public final class Benchmarks implements Runnable {

  private Benchmarks() {}

  /** Runs one benchmark; exits with 2 for arguments that it does not know. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Benchmarks()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
