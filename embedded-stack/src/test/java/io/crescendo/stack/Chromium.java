package io.crescendo.stack;

import static org.assertj.core.api.Assertions.fail;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The installed Chromium, driven by Playwright. Where there is none the test is skipped and says
 * so; where {@code CRESCENDO_REQUIRE_BROWSER} is {@code true}, it fails.
 */
final class Chromium implements AutoCloseable {

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Chromium launch() {
    Optional<Path> executable = executable();
    if (executable.isEmpty()) {
      String missing =
          "No Chromium found (CRESCENDO_CHROMIUM, or chromium on the PATH); the page was not looked at";
      if (Boolean.parseBoolean(System.getenv("CRESCENDO_REQUIRE_BROWSER"))) {
        fail(missing);
      }
      Assumptions.abort(missing);
    }
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable.get())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    return new Chromium(playwright, browser);
  }

  Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  private static Optional<Path> executable() {
    String chosen = System.getenv("CRESCENDO_CHROMIUM");
    Stream<Path> candidates =
        chosen != null
            ? Stream.of(Path.of(chosen))
            : Arrays.stream(System.getenv("PATH").split(":"))
                .flatMap(
                    dir ->
                        Stream.of("chromium", "chromium-browser", "google-chrome")
                            .map(name -> Path.of(dir, name)));
    return candidates.filter(Files::isExecutable).findFirst();
  }
}
