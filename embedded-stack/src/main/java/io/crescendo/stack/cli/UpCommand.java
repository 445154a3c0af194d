package io.crescendo.stack.cli;

import io.crescendo.stack.PipelineSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the whole pipeline on one machine, without data of its own. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the whole pipeline on this machine, without data of its own.",
      "Stays up until Ctrl-C, refreshing the page every minute. Load data with ./crescendo publish,"
          + " or with any Kafka client."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:a part of the pipeline failed",
      "2:wrong usage; nothing was started",
      "130:ended by Ctrl-C"
    })
final class UpCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StackOptions stack;

  @Override
  public Integer call() throws IOException {
    PipelineSettings settings = stack.settings(spec);
    stack.logToFile();
    Running running = new Running(spec.commandLine().getOut());
    return running.run(settings, p -> running.untilInterrupted(p, Duration.ZERO));
  }
}
