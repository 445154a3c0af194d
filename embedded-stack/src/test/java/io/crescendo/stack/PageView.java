package io.crescendo.stack;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The built-in page in a browser of its own.
 *
 * @param errors messages of its console, and exceptions of its scripts
 */
record PageView(BrowserContext context, Page page, List<String> errors) implements AutoCloseable {

  static final int DESKTOP = 1280;
  static final int PHONE = 390;
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final int PATIENCE = 60_000;

  /** Opens an address in a window of that width. */
  static PageView open(Chromium chromium, String url, int width, ColorScheme scheme) {
    BrowserContext context =
        chromium
            .browser()
            .newContext(new NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme));
    Page page = context.newPage();
    page.setDefaultTimeout(PATIENCE);
    List<String> errors = new ArrayList<>();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            errors.add(message.text());
          }
        });
    page.onPageError(errors::add);
    page.navigate(url);
    return new PageView(context, page, errors);
  }

  Locator at(String selector) {
    return page.locator(selector);
  }

  /** What is chosen, as the address states it. */
  String choices() {
    return page.url().replaceAll("^[^?]*", "");
  }

  /** Presses keys, one after the other, where the focus is. */
  void press(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
  }

  /** What would keep a person with a keyboard, a screen reader or weak eyes from using the page. */
  @SuppressWarnings("unchecked")
  List<String> obstacles() {
    try (InputStream script = PageView.class.getResourceAsStream("/page-audit.js")) {
      String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      return (List<String>) page.evaluate(text.substring(text.indexOf("() =>")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same page, loaded again where the server's status is this text. */
  PageView answering(String status) {
    page.route("**/api/status", route -> route.fulfill(new Route.FulfillOptions().setBody(status)));
    page.reload();
    return this;
  }

  /** Waits until so many charts are alive. */
  void awaitCharts(int expected) {
    // not waitForFunction, whose text the page's policy would not let run
    page.waitForCondition(
        () -> page.evaluate("Object.keys(Chart.instances).length").equals(expected));
  }

  /** Takes the whole page, for a person to look at. */
  void screenshot(String name, boolean whole) {
    page.waitForTimeout(800); // charts move into place
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name)).setFullPage(whole));
  }

  @Override
  public void close() {
    context.close();
  }
}
