package io.crescendo.benchmarks.refresh;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One load with an empty cache, as the browser itself noted it.
 *
 * @param firstPaint when the first text or picture was painted, in ms after the navigation began
 * @param drawn when the last card was drawn, in ms; not a number where there are none
 * @param parts what came over the wire, by kind
 */
record PageLoad(double firstPaint, double drawn, Map<String, Size> parts) {

  private static final String NOTE_DRAWN =
      """
      new MutationObserver(() => {
        if (document.body?.dataset.state === "shown") window.drawn ??= performance.now();
      }).observe(document, { subtree: true, childList: true, attributes: true });
      """;
  private static final String FIRST_PAINT =
      "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null";
  private static final String TRANSFERS =
      """
      ["navigation", "resource"].flatMap((type) => performance.getEntriesByType(type))
        .map((e) => [new URL(e.name).pathname, e.encodedBodySize])
      """;

  /**
   * Size of a kind of files.
   *
   * @param bytes bodies as they were sent, compressed
   */
  record Size(int files, long bytes) {

    Size plus(Size more) {
      return new Size(files + more.files, bytes + more.bytes);
    }
  }

  static PageLoad ofText(Browser browser, URI address) {
    return of(browser, address, "NaN");
  }

  static PageLoad ofPage(Browser browser, URI address) {
    return of(browser, address, "window.drawn ?? null");
  }

  private static PageLoad of(Browser browser, URI address, String drawn) {
    try (BrowserContext context =
        browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 900))) {
      Page page = context.newPage();
      page.addInitScript(NOTE_DRAWN);
      page.navigate(address.toString());
      page.waitForCondition(
          () -> page.evaluate(FIRST_PAINT) != null && page.evaluate(drawn) != null);
      return new PageLoad(
          ((Number) page.evaluate(FIRST_PAINT)).doubleValue(),
          ((Number) page.evaluate(drawn)).doubleValue(),
          parts((List<?>) page.evaluate(TRANSFERS)));
    }
  }

  private static Map<String, Size> parts(List<?> transfers) {
    Map<String, Size> parts = new TreeMap<>();
    for (Object transfer : transfers) {
      List<?> file = (List<?>) transfer;
      parts.merge(
          kind((String) file.get(0)), new Size(1, ((Number) file.get(1)).longValue()), Size::plus);
    }
    return parts;
  }

  private static String kind(String path) {
    if (path.startsWith("/api/")) {
      return "rows";
    }
    return path.equals("/chart.js") ? "Chart.js" : "HTML, CSS and scripts of the page";
  }
}
