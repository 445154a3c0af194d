package io.crescendo.csv;

import io.crescendo.csv.generate.ArtistFiles;
import io.crescendo.csv.generate.FileShape;
import io.crescendo.csv.generate.GeneratedFile;
import io.crescendo.csv.generate.GeneratorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code generate}: realistic artist files. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Writes artist files with the distributions of real ones.",
      "The modification time of each file is when its figures are supposed to have been true,"
          + " which is what publish goes by."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the files were written", "1:a file could not be written", "2:bad usage"})
public final class GenerateCommand implements Callable<Integer> {

  private static final String SUFFIX = ".csv";

  @Spec private CommandSpec spec;

  @Option(
      names = "--artists",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Artists in the first file (default: ${DEFAULT-VALUE}).")
  private int artists;

  @Option(
      names = "--waves",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "Later files with changed follower counts of about a quarter of the artists,",
        "one for each day up to now (default: ${DEFAULT-VALUE})."
      })
  private int waves;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same files (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "FILE|DIR",
      defaultValue = "artists.csv",
      description = {
        "First file, if it ends in .csv, else the directory for artists.csv; waves go beside it",
        "as artists-wave-1.csv and so on (default: ${DEFAULT-VALUE})."
      })
  private Path out;

  @Option(names = "--force", description = "Overwrite files that exist.")
  private boolean force;

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      defaultValue = "crawl",
      description = {
        "How the files are written: crawl, one-genre, underscores, numbered, dataset, indexed, tabs,",
        "joined, no-id, nested, spread, foreign, braces or utf-16 (default: ${DEFAULT-VALUE})."
      })
  private String shape;

  @Option(
      names = "--damage",
      paramLabel = "SHARE",
      defaultValue = "0",
      converter = Share.Converter.class,
      description = "Share of the rows to damage, such as 0.01 or 1%% (default: ${DEFAULT-VALUE}).")
  private Share damage;

  @Option(
      names = "--newest",
      paramLabel = "INSTANT",
      converter = ObservationTime.Converter.class,
      description = "When the last file was true (default: now).")
  private Instant newest;

  /** Writes the files and returns the exit code. */
  @Override
  public Integer call() {
    GeneratorSettings settings = settings();
    Path first = first();
    refuseToOverwrite(ArtistFiles.paths(settings, first));
    try {
      for (GeneratedFile file : ArtistFiles.generateFrom(settings, first)) {
        spec.commandLine()
            .getOut()
            .printf(
                Locale.ROOT,
                "%s: %,d artists as of %s%s%n",
                file.path(),
                file.rows(),
                file.observedAt(),
                file.broken() == 0
                    ? ""
                    : String.format(Locale.ROOT, ", %,d of them broken", file.broken()));
      }
      return ExitCode.OK;
    } catch (IOException e) {
      spec.commandLine().getErr().println("--out: '%s' cannot be written (%s)".formatted(out, e));
      return ExitCode.SOFTWARE;
    }
  }

  private GeneratorSettings settings() {
    try {
      return new GeneratorSettings(
          artists,
          seed,
          waves,
          newest == null ? Instant.now() : newest,
          fileShape(),
          damage.value());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private FileShape fileShape() {
    List<String> keys = Arrays.stream(FileShape.values()).map(FileShape::key).toList();
    int index = keys.indexOf(shape);
    if (index < 0) {
      throw new IllegalArgumentException(
          "--shape must be one of %s, got '%s'%s"
              .formatted(String.join(", ", keys), shape, NearestName.question(shape, keys)));
    }
    return FileShape.values()[index];
  }

  private Path first() {
    boolean isFile = out.toString().endsWith(SUFFIX) && !Files.isDirectory(out);
    return isFile ? out : out.resolve(ArtistFiles.FIRST_FILE);
  }

  private void refuseToOverwrite(List<Path> paths) {
    for (Path path : paths) {
      if (!force && Files.exists(path)) {
        throw new ParameterException(
            spec.commandLine(),
            "--out: '%s' exists; nothing was written. Name another place, or overwrite with --force"
                .formatted(path));
      }
    }
  }
}
