package io.crescendo.stack;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.crescendo.stack.PageView.DESKTOP;
import static io.crescendo.stack.PageView.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
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
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The built-in page in a browser, over a warehouse that the pipeline has filled. */
class PageIT {

  private static final int ARTISTS = 3_000;
  private static final String HOSTILE = "<img src=x onerror=document.title='owned'>";

  @TempDir private static Path dir;
  private static Chromium chromium;
  private static Pipeline pipeline;

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
    pipeline.warehouse().refresh();
  }

  private static void publish(String file, Instant observedAt, String... rows) throws IOException {
    Path csv = dir.resolve(file);
    Files.writeString(
        csv,
        "id,name,artist_popularity,artist_genres,followers\n" + String.join("\n", rows) + "\n");
    pipeline.publish(csv, observedAt, PublishOptions.AGAIN, Progress.NONE);
    land();
  }

  private static void land() {
    try (Positions positions = pipeline.positions()) {
      Until.reached(positions::allEnriched);
      Until.reached(positions::allLanded);
    }
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

  private static PageView open(String choices) {
    return open(choices, DESKTOP, ColorScheme.LIGHT);
  }

  private static PageView open(String choices, int width, ColorScheme scheme) {
    return PageView.open(chromium, pipeline.endpoints().pageUrl() + choices, width, scheme);
  }

  @Test
  void showsTheFiguresOfTheLastRefreshWithoutAnyError() {
    try (PageView view = open("")) {
      assertThat(view.at("#artists")).hasText("3,002");
      assertThat(view.at("#rejected")).hasText("1");
      assertThat(view.at("#top-artists li").first()).containsText(HOSTILE);
      assertThat(view.at("#rejects")).containsText("Not a whole number");
      assertThat(view.at("#trend-nothing")).isHidden();
      assertThat(view.at("#growing tr").first()).isVisible();
      assertThat(view.at("#age")).hasText(Pattern.compile("\\d+ (s|min|h)"));
      assertThat(view.page().title()).doesNotContain("owned");
      assertThat(view.errors()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"1280,LIGHT", "1280,DARK", "390,LIGHT", "390,DARK"})
  void canBeReadAndReachedByEverybody(int width, ColorScheme scheme) {
    String look =
        "%s-%s.png"
            .formatted(
                width == PHONE ? "phone" : "desktop", scheme.name().toLowerCase(Locale.ROOT));
    try (PageView view = open("", width, scheme)) {
      assertThat(view.at("#artists")).hasText("3,002");
      view.screenshot("page-" + look, true);
      assertThat(view.obstacles()).isEmpty();
      assertThat((Integer) view.page().evaluate("document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(width);
      view.at("#growing a").first().click();
      assertThat(view.at("#artist-observations tr").first()).isVisible();
      view.screenshot("artist-" + look, false);
      assertThat(view.obstacles()).isEmpty();
      view.at("#artist .sql").last().click();
      assertThat(view.at("#query-rows td").first()).isVisible();
      view.screenshot("query-" + look, false);
      assertThat(view.obstacles()).isEmpty();
      view.press("Escape", "Escape");
      assertThat(view.at("dialog[open]")).hasCount(0);
      view.at("#runs a").first().click();
      assertThat(view.at("#record")).isVisible();
      view.screenshot("run-" + look, false);
      assertThat(view.obstacles()).isEmpty();
      assertThat(view.errors()).isEmpty();
    }
  }

  @Test
  void ranksTheArtistsOfAGenreOnAClickAndGoesBack() {
    try (PageView view = open("")) {
      Locator genre = view.at("#top-genres a").nth(1);
      String name = genre.locator(".who").textContent();
      genre.click();
      assertThat(view.at("#top-artists-title")).hasText("Top artists of " + name);
      assertThat(view.at("#genre")).hasValue(name);
      assertThat(view.at("#artists")).not().hasText("3,002");
      String artists = view.at("#artists").textContent();
      assertThat(view.choices()).startsWith("?genre=");
      try (PageView linked = open(view.choices())) {
        assertThat(linked.at("#artists")).hasText(artists);
      }
      view.page().goBack();
      assertThat(view.at("#artists")).hasText("3,002");
      assertThat(view.at("#genre")).hasValue("");
      assertThat(view.errors()).isEmpty();
    }
  }

  @Test
  void narrowsEveryFigureToATierAndClearsIt() {
    try (PageView view = open("")) {
      assertThat(view.at("#artists")).hasText("3,002");
      view.at("#tier").selectOption("superstar");
      assertThat(view.at("#artists")).hasText(Pattern.compile("^\\d{1,3}$"));
      assertThat(view.choices()).isEqualTo("?tier=superstar");
      view.at("#clear").click();
      assertThat(view.at("#artists")).hasText("3,002");
      assertThat(view.choices()).isEmpty();
    }
  }

  @Test
  void choosesAGenreByKeyboardAlone() {
    try (PageView view = open("")) {
      assertThat(view.at("#artists")).hasText("3,002");
      view.at("#genre").focus();
      view.page().keyboard().type("<B>");
      assertThat(view.at("#genre-list li")).containsText("<b>bold</b>");
      view.press("ArrowDown");
      assertThat(view.at("#genre")).hasAttribute("aria-activedescendant", "genre-list-0");
      view.press("Enter");
      assertThat(view.at("#artists")).hasText("2");
      assertThat(view.at("#top-genres-nothing")).isVisible();
      assertThat(view.errors()).isEmpty();
    }
  }

  @Test
  void leavesWhatIsTypedAloneWhileItAsksForNewsAndRestoresTheChoiceAfterwards() {
    try (PageView view = open("?genre=pop")) {
      assertThat(view.at("#genre")).hasValue("pop");
      view.at("#genre").focus();
      view.at("#genre").fill("ro");
      for (int round = 0; round < 2; round++) {
        view.page().waitForResponse(r -> r.url().endsWith("/api/status"), () -> {});
      }
      assertThat(view.at("#genre")).hasValue("ro");
      view.press("Tab");
      assertThat(view.at("#genre")).hasValue("pop");
    }
  }

  @Test
  void findsAnArtistByKeyboardAloneAndShowsItsHistory() {
    try (PageView view = open("")) {
      assertThat(view.at("#artists")).hasText("3,002");
      view.press("/");
      assertThat(view.at("#search")).isFocused();
      view.page().keyboard().type("ONERROR");
      assertThat(view.at("#search")).hasAttribute("aria-expanded", "true");
      assertThat(view.at("#search-list [role=option]")).containsText(HOSTILE);
      view.press("ArrowDown", "Enter");
      assertThat(view.at("#artist-name")).hasText(HOSTILE);
      assertThat(view.at("#artist-observations tr")).hasCount(1);
      assertThat(view.at("#artist-figures")).containsText("place 1 of 3,002");
      assertThat(view.choices()).isEqualTo("?artist=h1");
      view.press("Escape");
      assertThat(view.at("#artist")).isHidden();
      assertThat(view.at("#search")).isFocused();
      assertThat(view.page().title()).doesNotContain("owned");
    }
  }

  @Test
  void showsTheHistoryOfAnArtistThatALinkNames() {
    String id;
    try (PageView view = open("")) {
      view.at("#growing a").first().click();
      assertThat(view.at("#artist-observations tr").nth(1)).isVisible();
      assertThat(view.at("#history-plot")).isVisible();
      id = view.choices();
      view.page().goBack();
      assertThat(view.at("#artist")).isHidden();
    }
    try (PageView view = open(id)) {
      assertThat(view.at("#artist-observations tr").nth(1)).isVisible();
    }
    try (PageView view = open("?artist=nobody")) {
      assertThat(view.at("#artist-note")).containsText("knows no artist with the id “nobody”");
    }
  }

  @Test
  void countsGrowthOverAChosenPeriod() {
    try (PageView view = open("")) {
      assertThat(view.at("#growing tr").first()).isVisible();
      view.at("#days").selectOption("7");
      view.at("[data-choice=growing] button").last().click();
      assertThat(view.at("#growing small").first()).containsText("artist");
      assertThat(view.choices()).isEqualTo("?days=7&growing=genres");
      view.at("[data-card=growing] .sql").click();
      assertThat(view.at("#query-facts")).containsText(":days = 7");
      assertThat(view.at("#query-title")).hasText("Fastest growing genres");
    }
  }

  @Test
  void tracesANumberToItsQueryAndGivesItAsAFileThatASpreadsheetDoesNotRun() throws IOException {
    try (PageView view = open("")) {
      assertThat(view.at("#artists")).hasText("3,002");
      view.at("#artists").click();
      assertThat(view.at("#query-sql")).containsText("count(*) AS artists");
      assertThat(view.at("#query-rows")).containsText("3,002");
      view.press("Escape");
      view.at("[data-card=top-artists] .sql").click();
      assertThat(view.at("#query-rows td").nth(2)).hasText(HOSTILE);
      Download file = view.page().waitForDownload(() -> view.at("#download").click());
      assertThat(file.suggestedFilename()).startsWith("crescendo-top_artists_by_followers-");
      assertThat(Files.readString(file.path()))
          .startsWith("\uFEFFplace,id,name,")
          .contains("\r\n1,h1,%s,".formatted(HOSTILE))
          .contains("\r\n2,'=1+1,\"'=HYPERLINK(\"\"http://x\"\")\",");
      assertThat(view.errors()).isEmpty();
    }
  }

  @Test
  void switchesOrderAndScale() {
    try (PageView view = open("")) {
      assertThat(view.at("#top-artists .value").first()).hasText("1.00\u00a0B");
      view.at("[data-choice=order] button").last().click();
      assertThat(view.at("#top-artists .value").first()).hasText(Pattern.compile("^(99|100)$"));
      view.at("[data-choice=scale] button").last().click();
      assertThat(view.at("#trend-names b").first()).not().containsText("%");
      assertThat(view.at("[data-choice=scale] button").last()).hasAttribute("aria-pressed", "true");
      assertThat(view.choices()).isEqualTo("?order=popularity&scale=followers");
    }
  }

  @Test
  void showsTheNextRefreshByItselfAndNothingMoves() throws IOException {
    try (PageView view = open("", DESKTOP, ColorScheme.DARK)) {
      assertThat(view.at("#artists")).hasText("3,002");
      view.page().waitForTimeout(1000);
      view.page()
          .evaluate(
              "window.moved = 0; new PerformanceObserver((list) => { for (const e of list.getEntries())"
                  + " window.moved += e.value; }).observe({ type: 'layout-shift' })");
      publish("one.csv", Instant.now(), "n1,New,1,['pop'],10");
      pipeline.warehouse().refresh();
      assertThat(view.at("#artists")).hasText("3,003");
      view.page().waitForTimeout(1000);
      assertThat(((Number) view.page().evaluate("window.moved")).doubleValue()).isLessThan(0.01);
    }
    Console.type(pipeline, "{\"id\":\"n1\",\"deleted\":true}");
    land();
    pipeline.warehouse().refresh();
  }

  @Test
  void saysThatTheServerIsGoneAndRecoversByItself() {
    try (PageView view = open("")) {
      assertThat(view.at("#artists")).hasText("3,002");
      view.page().route("**/api/**", Route::abort);
      assertThat(view.at("#banner")).containsText("does not answer. The figures are those of");
      assertThat(view.at("#artists")).hasText("3,002");
      view.page().unroute("**/api/**");
      assertThat(view.at("#banner")).isHidden();
    }
  }

  @Test
  void saysWhatToDoWhereThereIsNothingToShow() {
    try (PageView view =
        open("")
            .answering("{\"dashboard\":null,\"runs\":[],\"read_at\":\"2026-11-22T10:00:00Z\"}")) {
      assertThat(view.at("#empty-title")).hasText("Nothing to show yet");
      assertThat(view.at("#empty-command")).containsText("./crescendo publish");
      assertThat(view.at("#grid")).isHidden();
      assertThat(view.obstacles()).filteredOn(o -> !o.startsWith("only")).isEmpty();
    }
  }

  @Test
  void saysWhichStepOfTheLastRunFailed() {
    try (PageView view =
        open("")
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
  void showsWhatTheRunAskedWhereNothingElseCanBeAsked() {
    try (PageView view = open("")) {
      assertThat(view.at("#artists")).hasText("3,002");
      view.page()
          .route(
              "**/api/status",
              route ->
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setBody(
                              route
                                  .fetch()
                                  .text()
                                  .replace("\"explorable\":true", "\"explorable\":false"))));
      view.page().reload();
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
    try (PageView view = open("")) {
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
      page.waitForTimeout(500); // what was under way ends
      int[] asked = {0};
      page.onRequest(request -> asked[0]++);
      page.waitForTimeout(6_000); // longer than from one question to the next
      assertThat(asked[0]).isZero();
      page.evaluate(
          "delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
      page.waitForCondition(() -> asked[0] > 0);
    }
  }
}
