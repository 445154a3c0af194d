package io.crescendo.stack.cli;

import io.crescendo.csv.CsvPublisher;
import io.crescendo.csv.PublishException;
import io.crescendo.csv.PublishOptions;
import io.crescendo.csv.Source;
import io.crescendo.csv.UnusableSourceException;
import io.crescendo.stack.PipelineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the whole pipeline on one machine, with data. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the whole pipeline on this machine, with data.",
      "Loads artists into it, shows what came out, and stays up until Ctrl-C, refreshing the page"
          + " every minute. Without --csv it generates artists and three later waves of changed"
          + " follower counts; where the data directory holds artists already, it goes on with"
          + " those."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a part of the pipeline failed",
      "2:wrong usage; nothing was started",
      "130:ended by Ctrl-C"
    })
final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StackOptions stack;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Artist files to load, in this order.")
  private List<Path> csv = new ArrayList<>();

  @Option(
      names = "--artists",
      paramLabel = "N",
      defaultValue = "20000",
      description = "How many artists to generate (default: ${DEFAULT-VALUE}).")
  private int artists;

  @Option(
      names = "--exit-when-done",
      description = "Ends when everything is loaded and shown, with exit code 0.")
  private boolean exitWhenDone;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Writes the figures to this file, as JSON.")
  private Path summary;

  @Override
  public Integer call() throws IOException {
    checkUsage();
    PipelineSettings settings = stack.settings(spec);
    stack.logToFile();
    Running running = new Running(spec.commandLine().getOut());
    Demo demo = new Demo(running.out(), csv, artists);
    return running.run(
        settings,
        pipeline -> {
          DemoFigures figures = demo.load(pipeline, running.startSeconds());
          if (summary != null) {
            figures.write(summary);
          }
          if (!exitWhenDone) {
            new DemoReport(running.out()).next(pipeline);
            running.untilInterrupted(pipeline, Running.REFRESH_EVERY);
          }
        });
  }

  private static void checkArtists(Path file, List<String> problems) {
    try {
      CsvPublisher.check(Source.file(file), PublishOptions.DEFAULT);
    } catch (UnusableSourceException | PublishException e) {
      problems.add("--csv: " + e.getMessage());
    }
  }

  private void checkUsage() {
    List<String> problems = new ArrayList<>();
    Set<Path> names = new HashSet<>();
    for (Path file : csv) {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        problems.add("--csv: '%s' is not a file that can be read".formatted(file));
      } else if (!names.add(file.getFileName())) {
        problems.add(
            "--csv: two files are named '%s', and would take each other's place in the staging bucket"
                .formatted(file.getFileName()));
      } else {
        checkArtists(file, problems);
      }
    }
    if (artists < 1) {
      problems.add("--artists must be 1 or more, got %s".formatted(artists));
    }
    if (summary != null && !Files.isDirectory(summary.toAbsolutePath().getParent())) {
      problems.add("--summary: there is no directory for '%s'".formatted(summary));
    }
    if (!problems.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("\n", problems));
    }
  }
}
