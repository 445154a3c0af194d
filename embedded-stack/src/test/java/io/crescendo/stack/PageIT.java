package io.crescendo.stack;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.crescendo.csv.Progress;
import io.crescendo.csv.PublishOptions;
import io.crescendo.csv.generate.ArtistFiles;
import io.crescendo.csv.generate.GeneratedFile;
import io.crescendo.csv.generate.GeneratorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built-in page in a browser, over a warehouse that the pipeline has filled: 3,000 generated
 * artists on four days, and two whose names are markup and a formula. One stack and one browser
 * serve all tests.
 */
class PageIT {

  static final String HOSTILE = "<img src=x onerror=document.title='owned'>";
  private static final int ARTISTS = 3_000;

  @TempDir private static Path dir;
  private static Chromium chromium;
  private static Pipeline pipeline;
  private static String run;

  @Nested
  class Loading extends PageLoading {}

  @Nested
  class Figures extends PageFigures {}

  @Nested
  class Choices extends PageChoices {}

  @Nested
  class Dialogs extends PageDialogs {}

  @Nested
  class Troubles extends PageTroubles {}

  @BeforeAll
  static void start() throws IOException {
    chromium = Chromium.launch();
    PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    pipeline = Pipeline.start(PipelineSettings.impatient(dir.resolve("data"), Ports.anyFree()));
    List<GeneratedFile> files =
        ArtistFiles.generate(new GeneratorSettings(ARTISTS, 7, 3, Instant.now()), dir);
    try (Positions positions = pipeline.positions()) {
      for (GeneratedFile file : files) {
        pipeline.publish(file.path(), file.observedAt(), PublishOptions.AGAIN, Progress.NONE);
        Until.reached(positions::allEnriched);
      }
    }
    // artist names are data, whatever they look like
    publish(
        "hostile.csv",
        files.get(0).observedAt(),
        "h1,%s,99,['<b>bold</b>'],999999999".formatted(HOSTILE),
        "\"=1+1\",\"=HYPERLINK(\"\"http://x\"\")\",98,['<b>bold</b>'],899999999",
        "h2,No Number,1,[],many");
    refresh();
  }

  static void publish(String file, Instant observedAt, String... rows) throws IOException {
    Path csv = dir.resolve(file);
    Files.writeString(
        csv,
        "id,name,artist_popularity,artist_genres,followers\n" + String.join("\n", rows) + "\n");
    pipeline.publish(csv, observedAt, PublishOptions.AGAIN, Progress.NONE);
    land();
  }

  static void land() {
    try (Positions positions = pipeline.positions()) {
      Until.reached(positions::allEnriched);
      Until.reached(positions::allLanded);
    }
  }

  /** Has the page show what has landed. */
  static void refresh() {
    run = pipeline.warehouse().refresh().run();
  }

  /** The run that the page shows. */
  static String run() {
    return run;
  }

  /** Types a record into the topic of updates. */
  static void type(String json) {
    Console.type(pipeline, json);
  }

  @AfterAll
  static void stop() {
    if (pipeline != null) {
      pipeline.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  static PageView open(String choices) {
    return open(choices, PageView.DESKTOP, ColorScheme.LIGHT);
  }

  static PageView open(String choices, int width, ColorScheme scheme) {
    return PageView.open(chromium, pipeline.endpoints().pageUrl() + choices, width, scheme);
  }
}
