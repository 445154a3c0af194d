package io.crescendo.stack.cli;

import io.crescendo.csv.Progress;
import io.crescendo.csv.PublishOptions;
import io.crescendo.csv.PublishReport;
import io.crescendo.csv.Source;
import io.crescendo.csv.generate.ArtistFiles;
import io.crescendo.csv.generate.GeneratedFile;
import io.crescendo.csv.generate.GeneratorSettings;
import io.crescendo.refresh.QueryResult;
import io.crescendo.refresh.RunRecord;
import io.crescendo.stack.Pipeline;
import io.crescendo.stack.Positions;
import io.crescendo.stack.StackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import picocli.CommandLine.Help.Ansi;

/** Loads artists into a running pipeline, and tells what came out. */
final class Demo {

  private static final long SEED = 2026;
  private static final int WAVES = 3;
  private static final long LOOK_AGAIN_MILLIS = 100;

  private final PrintWriter out;
  private final List<Path> csv;
  private final int artists;
  private final StatusLine status;
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  private long published;
  private long enrichedBefore;
  private long landedBefore;

  /**
   * A demo.
   *
   * @param csv files to load; where there are none, artists are generated
   * @param artists how many to generate
   */
  Demo(PrintWriter out, List<Path> csv, int artists) {
    this.out = out;
    this.csv = csv;
    this.artists = artists;
    this.status = new StatusLine(out, Ansi.AUTO.enabled());
  }

  /**
   * Publishes, waits until everything has landed, refreshes, and prints the results.
   *
   * @param startSeconds how long the pipeline took to start
   */
  DemoFigures load(Pipeline pipeline, double startSeconds) throws IOException {
    seconds.put("start", rounded(startSeconds));
    try (Positions positions = pipeline.positions()) {
      enrichedBefore = positions.enriched();
      landedBefore = positions.landed();
      List<GeneratedFile> files = files(pipeline);
      if (files.isEmpty()) {
        say("The data directory holds artists already; going on with those.");
      } else {
        say("");
        time("publish_and_enrich", () -> publish(pipeline, positions, files));
      }
      time("land", () -> await(pipeline, positions, positions::allLanded));
      status.end(progress(positions));
    }
    RunRecord[] run = new RunRecord[1];
    time("refresh", () -> run[0] = pipeline.warehouse().refresh());
    DemoFigures figures = figures(pipeline, run[0]);
    new DemoReport(out).print(pipeline, run[0], figures);
    return figures;
  }

  private List<GeneratedFile> files(Pipeline pipeline) throws IOException {
    if (!csv.isEmpty()) {
      List<GeneratedFile> files = new ArrayList<>();
      for (Path file : csv) {
        Instant modified = Files.getLastModifiedTime(file).toInstant();
        files.add(new GeneratedFile(file, modified.truncatedTo(ChronoUnit.MILLIS), 0));
      }
      return files;
    }
    Path dir = pipeline.stack().dir().resolve("generated");
    List<GeneratedFile> earlier = generatedBefore(dir);
    if (earlier.size() > WAVES) {
      return earlier;
    }
    if (enrichedBefore > 0 && earlier.isEmpty()) {
      return List.of();
    }
    Files.createDirectories(dir);
    return ArtistFiles.generate(new GeneratorSettings(artists, SEED, WAVES, Instant.now()), dir);
  }

  /** What an earlier start has generated: published already, or to be gone on with. */
  private static List<GeneratedFile> generatedBefore(Path dir) throws IOException {
    List<GeneratedFile> files = new ArrayList<>();
    if (Files.isDirectory(dir)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(dir, "*.csv")) {
        for (Path file : found) {
          files.add(new GeneratedFile(file, Files.getLastModifiedTime(file).toInstant(), 0));
        }
      }
    }
    files.sort(Comparator.comparing(GeneratedFile::observedAt));
    return files;
  }

  /**
   * One file after the other: a wave must be in the totals before the next, or its day has none.
   */
  private void publish(Pipeline pipeline, Positions positions, List<GeneratedFile> files)
      throws IOException {
    for (GeneratedFile file : files) {
      long before = published;
      Progress progress =
          new Progress() {
            @Override
            public void published(Source source, long rows, long bytes) {
              published = before + rows;
              status.show(Demo.this.progress(positions));
            }
          };
      PublishReport report =
          pipeline.publish(file.path(), file.observedAt(), PublishOptions.DEFAULT, progress);
      published = before + report.rows() - report.rowsBefore();
      status.end(
          String.format(
              Locale.ROOT,
              "s3://staging/%s: %,d rows published%s, %,d rejected%s",
              file.path().getFileName(),
              report.accepted(),
              report.alreadyPublished()
                  ? " before"
                  : report.rowsBefore() > 0
                      ? String.format(Locale.ROOT, " (%,d of them before)", report.rowsBefore())
                      : "",
              report.rejected(),
              report.rejected() == 0 ? "" : " " + report.rejectedByReason()));
      await(pipeline, positions, positions::allEnriched);
    }
  }

  private void await(Pipeline pipeline, Positions positions, BooleanSupplier reached) {
    await(reached, pipeline::failure, () -> status.show(progress(positions)));
  }

  /**
   * Waits for a state.
   *
   * @throws StackException if something fails that the state depends on
   */
  static void await(
      BooleanSupplier reached, Supplier<Optional<String>> failure, Runnable meanwhile) {
    while (!reached.getAsBoolean()) {
      Running.check(failure);
      meanwhile.run();
      try {
        Thread.sleep(LOOK_AGAIN_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StackException("Interrupted while waiting for the pipeline", e);
      }
    }
  }

  /**
   * Of this run. Counts from offsets, which include markers of transactions; how many rows will
   * land only the streams app finds out, so that count is not held to a bound.
   */
  private String progress(Positions positions) {
    long enriched = Math.min(published, positions.enriched() - enrichedBefore);
    return String.format(
        Locale.ROOT,
        "published %,d   enriched %,d   landed about %,d rows in all tables",
        published,
        enriched,
        positions.landed() - landedBefore);
  }

  private static DemoFigures figures(
      RunRecord run, QueryResult totals, Map<String, Double> seconds) {
    Map<String, Long> rowsLanded = new TreeMap<>();
    run.tables().forEach(t -> rowsLanded.put(t.name(), t.rows()));
    return new DemoFigures(
        (Long) totals.value(0, "artists"),
        (Long) totals.value(0, "artists_without_genre"),
        (Long) totals.value(0, "genres"),
        (Long) totals.value(0, "followers_total"),
        (Long) totals.value(0, "rejected"),
        rowsLanded,
        seconds);
  }

  private DemoFigures figures(Pipeline pipeline, RunRecord run) {
    seconds.put("total", rounded(seconds.values().stream().mapToDouble(Double::doubleValue).sum()));
    return figures(run, pipeline.warehouse().results().get("totals"), seconds);
  }

  /** Work that may fail to read or write a file. */
  private interface Stage {
    void run() throws IOException;
  }

  private void time(String stage, Stage work) throws IOException {
    long begun = System.nanoTime();
    work.run();
    seconds.put(stage, rounded((System.nanoTime() - begun) / 1e9));
  }

  /** To milliseconds. */
  private static double rounded(double seconds) {
    return Math.round(seconds * 1e3) / 1e3;
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
