package io.crescendo.benchmarks.refresh;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import io.crescendo.benchmarks.WorkDirectory;
import io.crescendo.refresh.DashboardServer;
import io.crescendo.refresh.Outcome;
import io.crescendo.refresh.RefreshJob;
import io.crescendo.refresh.RefreshSettings;
import io.crescendo.refresh.RunRecord;
import io.crescendo.stack.EmbeddedS3;
import io.crescendo.stack.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The built-in page in a browser with an empty cache: what it transfers, and when it paints. The
 * floor is a line of text from the same server, which takes turns with it.
 */
@Command(
    name = "page",
    mixinStandardHelpOptions = true,
    description = "First paint and size of the built-in page, in an installed Chromium.")
public final class PageBenchmark implements Callable<Integer> {

  private static final String ROW = "%-34s %12s %12s %12s%n";

  @Option(
      names = "--rows",
      defaultValue = "500000",
      description = "Rows of table artists, five for each artist (default: ${DEFAULT-VALUE}).")
  private long rows;

  @Option(
      names = "--rounds",
      defaultValue = "7",
      description = "How often each is loaded (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--chromium",
      defaultValue = "${env:CRESCENDO_CHROMIUM:-/usr/bin/chromium}",
      description = "The browser; CRESCENDO_CHROMIUM (default: /usr/bin/chromium).")
  private Path chromium;

  @Override
  public Integer call() throws Exception {
    AwsBasicCredentials keys = AwsBasicCredentials.create("benchmark", "benchmark");
    try (WorkDirectory dir = WorkDirectory.create();
        EmbeddedS3 store = EmbeddedS3.start(dir.path().resolve("s3"), Ports.free(), keys)) {
      store.createBuckets(List.of("warehouse", "results"));
      RefreshSettings settings =
          RefreshSettings.defaults(dir.path().resolve("work")).withDeadline(Duration.ofHours(1));
      try (S3Client s3 = store.client();
          RefreshJob job = new RefreshJob(s3, settings)) {
        new LargeWarehouse(s3, dir.path(), rows, 10).land(0, 10);
        refresh(job);
        try (DashboardServer server = DashboardServer.start(s3, settings, "127.0.0.1", 0)) {
          measure(server.address());
        }
      }
    }
    return 0;
  }

  private static void refresh(RefreshJob job) {
    RunRecord run = job.run();
    if (run.outcome() != Outcome.SUCCEEDED) {
      throw new IllegalStateException(
          "The refresh failed in step '%s': %s"
              .formatted(run.failure().step(), run.failure().reason()));
    }
  }

  private void measure(URI server) {
    List<PageLoad> floor = new ArrayList<>();
    List<PageLoad> page = new ArrayList<>();
    try (Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--disable-background-networking")))) {
      for (int round = -1; round < rounds; round++) {
        PageLoad line = PageLoad.ofText(browser, server.resolve("/nothing"));
        PageLoad whole = PageLoad.ofPage(browser, server);
        // in the first round browser and server warm up
        if (round >= 0) {
          floor.add(line);
          page.add(whole);
        }
      }
    }
    double least = median(floor, PageLoad::firstPaint);
    double paint = median(page, PageLoad::firstPaint);
    System.out.printf(ROW, "", "first paint", "ratio", "all drawn");
    System.out.printf(ROW, "a line of text, same server", ms(least), "1.00", "");
    System.out.printf(
        ROW,
        "the page",
        ms(paint),
        String.format(Locale.ROOT, "%.2f", paint / least),
        ms(median(page, PageLoad::drawn)));
    System.out.printf("%n%-34s %12s %12s%n", "over the wire", "files", "bytes");
    page.get(0)
        .parts()
        .forEach(
            (part, size) ->
                System.out.printf(
                    Locale.ROOT, "%-34s %12d %,12d%n", part, size.files(), size.bytes()));
  }

  private static double median(List<PageLoad> loads, ToDoubleFunction<PageLoad> figure) {
    double[] sorted = loads.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static String ms(double value) {
    return String.format(Locale.ROOT, "%.0f ms", value);
  }
}
