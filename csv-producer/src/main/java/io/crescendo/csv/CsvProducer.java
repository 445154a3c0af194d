package io.crescendo.csv;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The CSV producer as a program of its own. */
@Command(
    name = "csv-producer",
    mixinStandardHelpOptions = true,
    description = "Publishes artist files to Kafka, and generates some to try it with.",
    subcommands = {PublishCommand.class, GenerateCommand.class})
public final class CsvProducer {

  private CsvProducer() {}

  /** The command line, for running and for tests. */
  static CommandLine commandLine() {
    return new CommandLine(new CsvProducer());
  }

  /** Runs a command and ends with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }
}
