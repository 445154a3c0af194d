package io.crescendo.stack;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page says when something is missing or wrong; run by {@link PageIT}. */
abstract class PageTroubles {

  /** From one question to the next, where all is well. */
  private static final Duration ROUND = Duration.ofSeconds(5);

  /** From one question to the next, where nobody answers for long. */
  private static final Duration LONGEST_ROUND = Duration.ofSeconds(60);

  @Test
  void saysThatTheServerIsGoneAndRecoversByItself() {
    try (PageView view = PageIT.open("").withItsClock()) {
      assertThat(view.at("#artists")).hasText("3,002");
      view.page().route("**/api/**", Route::abort);
      view.pass(ROUND);
      assertThat(view.at("#banner")).containsText("does not answer. The figures are those of");
      assertThat(view.at("#artists")).hasText("3,002");
      view.page().unroute("**/api/**");
      view.pass(LONGEST_ROUND);
      assertThat(view.at("#banner")).isHidden();
    }
  }

  @ParameterizedTest
  @CsvSource({"**/api/status", "**/api/runs/**"})
  void goesOnAfterAnAnswerThatIsNotTheServers(String path) {
    try (PageView view = PageIT.open("").withItsClock()) {
      assertThat(view.at("#artists")).hasText("3,002");
      view.page()
          .route(
              path,
              route ->
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setContentType("text/html")
                          .setBody("<html>Please sign in</html>")));
      view.at("#tier").selectOption("star");
      view.pass(ROUND);
      assertThat(view.at("#banner")).containsText("nothing that this page can read");
      view.page().unroute(path);
      view.pass(LONGEST_ROUND);
      assertThat(view.at("#banner")).isHidden();
      assertThat(view.at("#artists")).not().hasText("3,002");
      view.page().waitForResponse(r -> r.url().endsWith("/api/status"), () -> view.pass(ROUND));
    }
  }

  @Test
  void asksAgainForWhatIsStillBeingWorkedOut() {
    try (PageView view = PageIT.open("")) {
      assertThat(view.at("#artists")).hasText("3,002");
      int[] asked = {0};
      view.page()
          .route(
              "**/totals?tier=star",
              route -> {
                if (++asked[0] > 2) {
                  route.resume();
                  return;
                }
                route.fulfill(
                    new Route.FulfillOptions()
                        .setStatus(503)
                        .setHeaders(Map.of("Retry-After", "1"))
                        .setBody("{\"error\":\"ask again\"}"));
              });
      view.at("#tier").selectOption("star");
      assertThat(view.at("#artists")).not().hasText("3,002");
      assertThat(asked[0]).isEqualTo(3);
      assertThat(view.at("#banner")).isHidden();
    }
  }

  @Test
  void saysWhatToDoWhereThereIsNothingToShow() {
    try (PageView view =
        PageIT.open("")
            .answering("{\"dashboard\":null,\"runs\":[],\"read_at\":\"2026-11-22T10:00:00Z\"}")) {
      assertThat(view.at("#empty-title")).hasText("Nothing to show yet");
      assertThat(view.at("#empty-command")).containsText("./crescendo publish");
      assertThat(view.at("#grid")).isHidden();
      assertThat(view.obstacles()).filteredOn(o -> !o.startsWith("only")).isEmpty();
    }
  }

  @Test
  void saysThatTheWarehouseHoldsNoArtistsYet() {
    try (PageView view = PageIT.open("")) {
      view.changing(
          "**/totals",
          body -> body.replaceFirst("\"rows\":\\[\\[.*?\\]\\]", "\"rows\":[[0,0,0,0,0,null]]"));
      assertThat(view.at("#empty-title")).hasText("The warehouse holds no artists yet");
      assertThat(view.at("#empty-command")).containsText("console-producer");
      assertThat(view.at("#artists")).hasText("0");
      assertThat(view.at("#grid")).isHidden();
      assertThat(view.at("#runs tr").first()).isVisible();
    }
  }

  @Test
  void saysWhichStepOfTheLastRunFailed() {
    try (PageView view =
        PageIT.open("")
            .answering(
                """
            {"dashboard":null,"read_at":"2026-11-22T10:00:00Z","runs":[{"run":"r1","owner":"o",
            "started_at":"2026-11-22T09:59:00Z","finished_at":"2026-11-22T09:59:30Z",
            "outcome":"CRAWL_FAILED","steps":[{"name":"crawl","seconds":30.0}],"tables":[],
            "failure":{"step":"crawl","reason":"the bucket is gone"}}]}""")) {
      assertThat(view.at("#banner"))
          .hasText("The last refresh failed in step 'crawl': the bucket is gone.");
      view.at("#runs a").first().click();
      assertThat(view.at("#record .failure")).containsText("the bucket is gone");
    }
  }

  @Test
  void saysThatARunIsOverdue() {
    String run =
        """
        {"run":"%s","owner":"o","started_at":"2026-11-22T%s:00Z","finished_at":"2026-11-22T%s:30Z",
        "outcome":"succeeded","steps":[],"tables":[],"failure":null}""";
    String runs =
        Stream.of("10:00", "09:50", "09:40", "09:30")
            .map(at -> run.formatted(at.equals("10:00") ? PageIT.run() : at, at, at))
            .collect(Collectors.joining(","));
    try (PageView view =
        PageIT.open("")
            .answering(
                """
                {"dashboard":{"run":"%s","refreshed_at":"2026-11-22T10:00:30Z","queries":[],
                "explorable":true},"runs":[%s],"read_at":"2026-11-22T13:00:30Z"}"""
                    .formatted(PageIT.run(), runs))) {
      assertThat(view.at("#banner"))
          .containsText("No refresh for 3 h, where there was one every 10 min before.");
      assertThat(view.at("#age")).hasClass("figure stale");
      assertThat(view.at("#artists")).hasText("3,002");
    }
  }

  @Test
  void showsWhatTheRunAskedWhereNothingElseCanBeAsked() {
    try (PageView view = PageIT.open("")) {
      assertThat(view.at("#artists")).hasText("3,002");
      view.changing("**/api/status", PageFigures::unexplorable);
      assertThat(view.at("#elsewhere")).isVisible();
      assertThat(view.at("#search")).isDisabled();
      view.at("#top-genres a").first().click();
      assertThat(view.at("#top-artists-title")).containsText("Top artists of");
      assertThat(view.at("#artists")).hasText("3,002");
      view.at("#top-artists a").first().click();
      assertThat(view.at("#artist-note")).containsText("./crescendo query --services aws");
      assertThat(view.errors()).isEmpty();
    }
  }

  @Test
  void restsWhileNobodyLooksAndKeepsNoChartThatIsGone() {
    try (PageView view = PageIT.open("").withItsClock()) {
      assertThat(view.at("#growing a").first()).isVisible();
      Page page = view.page();
      view.awaitCharts(3);
      for (int i = 0; i < 3; i++) {
        view.at("#growing a").first().click();
        view.awaitCharts(4);
        view.press("Escape");
        view.awaitCharts(3);
      }
      page.evaluate(
          "Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });"
              + " document.dispatchEvent(new Event('visibilitychange'))");
      page.evaluate("fetch('/icon.svg')"); // what was under way has been asked before it
      List<String> asked = new ArrayList<>();
      page.onRequest(request -> asked.add(request.url().replaceAll(".*/", "")));
      view.pass(LONGEST_ROUND);
      page.waitForRequest("**/page.css", () -> page.evaluate("fetch('/page.css')"));
      assertThat(asked).containsExactly("page.css");
      page.evaluate(
          "delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
      page.waitForCondition(() -> asked.contains("status"));
    }
  }
}
