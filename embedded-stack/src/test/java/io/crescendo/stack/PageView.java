package io.crescendo.stack;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

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
  private static final String NOTE_SHIFTS =
      """
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) {
          const moved = shift.sources.map((s) => s.node?.id || s.node?.className || s.node?.nodeName);
          window.shifts.push(moved.join(" ") + " by " + shift.value.toFixed(4));
        }
      }).observe({ type: "layout-shift", buffered: true });
      """;
  private static final String CARDS =
      """
      Object.fromEntries([
        ...[...document.querySelectorAll(".card[data-card]")].map((card) => [card.dataset.card,
          [...card.querySelectorAll("ol, tbody, .names")].map((e) => e.textContent).join()
            + [...card.querySelectorAll("canvas")].map((e) => e.getAttribute("aria-label")).join()]),
        ...["artists", "followers", "genres", "without-genre", "rejected"]
          .map((id) => [id, document.getElementById(id).textContent]),
      ])""";

  private static final String MOVING =
      """
      Object.values(Chart.instances).filter((c) => Chart.animator.running(c)).length
        + document.getAnimations().filter((a) => a.playState === "running").length""";

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
    page.addInitScript(NOTE_SHIFTS);
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

  /** The same page, loaded again with a clock of its own, which goes on by itself, too. */
  PageView withItsClock() {
    page.clock().install();
    page.reload();
    return this;
  }

  /** Brings the page's clock on: what the page would do meanwhile, it does now. */
  void pass(Duration time) {
    page.clock().fastForward(time.toMillis());
  }

  /** The same page, loaded again where requests to a path stay without an answer. */
  List<Route> holding(String path) {
    List<Route> held = new ArrayList<>();
    page.route(path, held::add);
    page.reload();
    return held;
  }

  /** The same page, loaded again where the server's status is this text. */
  PageView answering(String status) {
    page.route("**/api/status", route -> route.fulfill(new Route.FulfillOptions().setBody(status)));
    page.reload();
    return this;
  }

  /** The same page, loaded again where answers under a path are changed. */
  void changing(String path, UnaryOperator<String> change) {
    page.route(
        path,
        route ->
            route.fulfill(new Route.FulfillOptions().setBody(change.apply(route.fetch().text()))));
    page.reload();
  }

  /** What moved by itself since the page began to load, and how far. */
  @SuppressWarnings("unchecked")
  List<String> shifts() {
    return (List<String>) page.evaluate("window.shifts");
  }

  /** Waits until nothing has moved, or begun to, for two frames after all is loaded. */
  void awaitStillness() {
    page.waitForLoadState(LoadState.NETWORKIDLE);
    page.evaluate("new Promise((d) => requestAnimationFrame(() => requestAnimationFrame(d)))");
  }

  /** Texts of the cards and of the figures on top, by their names. */
  @SuppressWarnings("unchecked")
  Map<String, String> cards() {
    return (Map<String, String>) page.evaluate(CARDS);
  }

  /** What an expression over a chart {@code c} gives. */
  Object chart(String id, String expression) {
    return page.evaluate("((c) => %s)(Chart.getChart('%s'))".formatted(expression, id));
  }

  /** Moves the pointer to a point of a chart, until that shows what it stands for. */
  void hover(String chart, int dataset, int index) {
    page.waitForCondition(() -> (Boolean) chart(chart, "Boolean(c)"));
    page.waitForCondition(
        () -> {
          // points are on their way for a moment
          move(chart, dataset, index);
          return at("#tip").isVisible();
        });
  }

  /** Clicks where the pointer is. */
  void click() {
    page.mouse().down();
    page.mouse().up();
  }

  private void move(String chart, int dataset, int index) {
    at("#" + chart).scrollIntoViewIfNeeded();
    page.mouse().move(1, 1);
    String point = "c.getDatasetMeta(%d).data[%d].getProps(['x', 'y'], true)";
    Map<?, ?> at = (Map<?, ?>) chart(chart, point.formatted(dataset, index));
    BoundingBox box = at("#" + chart).boundingBox();
    page.mouse()
        .move(
            box.x + ((Number) at.get("x")).doubleValue(),
            box.y + ((Number) at.get("y")).doubleValue());
  }

  /** Waits until so many charts are alive. */
  void awaitCharts(int expected) {
    // not waitForFunction, whose text the page's policy would not let run
    page.waitForCondition(
        () -> page.evaluate("Object.keys(Chart.instances).length").equals(expected));
  }

  /** Takes the page once it stands still, for a person to look at. */
  void screenshot(String name, boolean whole) {
    page.waitForCondition(() -> page.evaluate(MOVING).equals(0));
    picture(name, whole);
  }

  /** Takes the page as it is. */
  void picture(String name, boolean whole) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name)).setFullPage(whole));
  }

  @Override
  public void close() {
    context.close();
  }
}
