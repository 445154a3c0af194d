package io.crescendo.stack;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.crescendo.stack.PageIT.HOSTILE;
import static io.crescendo.stack.PageView.DESKTOP;
import static io.crescendo.stack.PageView.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page shows, and how it looks; run by {@link PageIT}. */
abstract class PageFigures {

  /** Keeps what is written on the scatter chart, apart from its axes, and where. */
  private static final String NOTE_NAMES =
      """
      window.names = new Map();
      const fillText = CanvasRenderingContext2D.prototype.fillText;
      CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...more) {
        if (this.canvas.id === "scatter" && /Alone|Crowd/.test(text)) {
          const size = this.measureText(text);
          names.set(text, { left: x, right: x + size.width, top: y - size.actualBoundingBoxAscent,
            bottom: y + size.actualBoundingBoxDescent, width: this.canvas.clientWidth });
        }
        return fillText.call(this, text, x, y, ...more);
      };
      """;

  /** Names of which one covers another, and those that are cut off. */
  private static final String OVERLAPPING =
      """
      [...names].flatMap(([name, a], i) => [
        ...(a.left < 0 || a.top < 0 || a.right > a.width ? [name] : []),
        ...[...names].slice(i + 1).filter(([, b]) => a.left < b.right && b.left < a.right
          && a.top < b.bottom && b.top < a.bottom).map(([other]) => name + " over " + other)])""";

  @Test
  void showsTheFiguresOfTheLastRefreshWithoutAnyError() {
    try (PageView view = PageIT.open("")) {
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

  @Test
  void tellsTheYearOfWhatIsNotOfThisOne() {
    try (PageView view = PageIT.open("")) {
      assertThat(
              view.page()
                  .evaluate(
                      "import('/format.js').then((f) => [f.day('2023-11-12'),"
                          + " f.moment(new Date('2023-11-12T12:00:00Z')).includes(' 2023, '),"
                          + " f.day(new Date().toISOString().slice(0, 10)).length < 7])"))
          .isEqualTo(List.of("12 Nov 2023", true, true));
    }
  }

  @ParameterizedTest
  @CsvSource({"1280,LIGHT", "1280,DARK", "390,LIGHT", "390,DARK"})
  void canBeReadAndReachedByEverybody(int width, ColorScheme scheme) {
    String look =
        "%s-%s.png"
            .formatted(
                width == PHONE ? "phone" : "desktop", scheme.name().toLowerCase(Locale.ROOT));
    try (PageView view = PageIT.open("", width, scheme)) {
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
  void switchesOrderAndScale() {
    try (PageView view = PageIT.open("")) {
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
    try (PageView view = PageIT.open("", DESKTOP, ColorScheme.DARK).withItsClock()) {
      assertThat(view.at("#artists")).hasText("3,002");
      PageIT.publish("one.csv", Instant.now(), "n1,New,1,['pop'],10");
      PageIT.refresh();
      view.pass(Duration.ofSeconds(5));
      assertThat(view.at("#artists")).hasText("3,003");
      view.awaitStillness();
      assertThat(view.shifts()).isEmpty();
    } finally {
      PageIT.type("{\"id\":\"n1\",\"deleted\":true}");
      PageIT.land();
      PageIT.refresh();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'',1280,true",
    "'',390,true",
    "?genre=trap,1280,true",
    "?genre=trap,390,true",
    "'',1280,false",
    "'',390,false"
  })
  void nothingMovesWhileItLoads(String choices, int width, boolean explorable) {
    try (PageView view = PageIT.open(choices, width, ColorScheme.LIGHT)) {
      if (!explorable) {
        view.changing("**/api/status", PageFigures::unexplorable);
      }
      assertThat(view.at("#top-artists li").first()).isVisible();
      assertThat(view.at("#elsewhere")).isVisible(new IsVisibleOptions().setVisible(!explorable));
      view.awaitStillness();
      assertThat(view.shifts()).isEmpty();
    }
  }

  /** The status of a run that services elsewhere answered. */
  static String unexplorable(String status) {
    return status.replace("\"explorable\":true", "\"explorable\":false");
  }

  @Test
  void saysMoreUnderThePointer() {
    try (PageView view = PageIT.open("")) {
      view.at("#top-genres li").first().hover();
      assertThat(view.at("#tip")).containsText("Median");
      view.page().mouse().move(1, 1);
      assertThat(view.at("#tip")).isHidden();
      view.hover("distribution", 0, 3);
      assertThat(view.at("#tip")).containsText("Without a genre");
      view.hover("trend", 0, 1);
      assertThat(view.at("#tip span")).not().hasCount(0);
      view.hover("scatter", 0, 0);
      assertThat(view.at("#tip")).containsText("Popularity");
    }
  }

  @Test
  void namesDotsWhereverANameCoversNoOtherOne() {
    String row = "[1,1,1,\"%s %d\",%d,%d,\"%1$s-%2$d\"]";
    Stream<String> alone =
        IntStream.range(0, 16)
            .mapToObj(
                i -> row.formatted("Alone", i, 5 + 26 * (i % 4), 20 * (int) Math.pow(20, i / 4)));
    Stream<String> crowd =
        IntStream.range(0, 30)
            .mapToObj(i -> row.formatted("Crowd", i, 44 + i % 2, 10_000 + 99 * i));
    String rows = Stream.concat(alone, crowd).collect(Collectors.joining(",", "\"rows\":[", "]"));
    try (PageView view = PageIT.open("")) {
      view.page().addInitScript(NOTE_NAMES);
      view.changing(
          "**/popularity_by_followers*", body -> body.replaceFirst("\"rows\":\\[.*?\\]\\]", rows));
      view.page().waitForCondition(() -> (Boolean) view.page().evaluate("window.names?.size > 0"));
      assertThat((List<?>) view.page().evaluate(OVERLAPPING)).isEmpty();
      assertThat(
              view.page().evaluate("[...names.keys()].filter((n) => n.startsWith('Alone')).length"))
          .isEqualTo(16);
      assertThat((Integer) view.page().evaluate("names.size")).isBetween(17, 30);
    }
  }

  @Test
  void leadsFromADotToItsArtist() {
    try (PageView view = PageIT.open("?tier=superstar")) {
      view.hover("scatter", 0, 0);
      String name = view.at("#tip b").textContent();
      view.click();
      assertThat(view.at("#artist")).isVisible();
      assertThat(view.at("#artist-observations tr").first()).isVisible();
      assertThat(name).startsWith(view.at("#artist-name").textContent());
      assertThat(view.errors()).isEmpty();
    }
  }

  @Test
  void keepsTheColoursOfBarsAndMarksWhereAPersonForcesOthers() {
    try (PageView view = PageIT.open("")) {
      assertThat(view.at("#trend-names .mark").first()).isVisible();
      for (String coloured : List.of("#trend-names .mark", "#top-artists .fill", ".key-a")) {
        String background = "e => getComputedStyle(e).backgroundColor";
        view.page().emulateMedia(new EmulateMediaOptions().setForcedColors(ForcedColors.NONE));
        Object chosen = view.at(coloured).first().evaluate(background);
        view.page().emulateMedia(new EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
        assertThat(view.at(coloured).first().evaluate(background)).as(coloured).isEqualTo(chosen);
      }
    }
  }

  @Test
  void drawsAgainInTheColoursOfAnotherScheme() {
    try (PageView view = PageIT.open("")) {
      assertThat(view.at("#top-artists li").first()).isVisible();
      view.awaitCharts(3);
      Object light = view.chart("distribution", "c.data.datasets[0].backgroundColor");
      view.page().emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      view.awaitCharts(3);
      view.page()
          .waitForCondition(
              () ->
                  !light.equals(view.chart("distribution", "c.data.datasets[0].backgroundColor")));
      assertThat(view.obstacles()).isEmpty();
      assertThat(view.errors()).isEmpty();
    }
  }

  @Test
  void keepsAMarkOnEachLineOfManyDays() {
    String row = "[\"%s\",\"2026-%02d-%02d\",%d,1]";
    try (PageView view = PageIT.open("")) {
      view.changing(
          "**/genre_trend*",
          body ->
              body.replaceFirst(
                  "\"rows\":\\[.*?\\]\\]",
                  "\"rows\":["
                      + IntStream.range(0, 60)
                          .boxed()
                          .flatMap(
                              d ->
                                  Stream.of("pop", "rock")
                                      .map(g -> row.formatted(g, 1 + d / 28, 1 + d % 28, 9 + d)))
                          .collect(Collectors.joining(","))
                      + "]"));
      assertThat(view.at("#trend-names a")).hasCount(2);
      for (int line = 0; line < 2; line++) {
        assertThat(
                view.chart(
                    "trend",
                    "c.getDatasetMeta(%d).data.filter((p) => p.options.radius > 0).length"
                        .formatted(line)))
            .isEqualTo(1);
      }
      assertThat(view.chart("trend", "c.getDatasetMeta(0).data.at(-1).options.pointStyle"))
          .isNotEqualTo(view.chart("trend", "c.getDatasetMeta(1).data.at(-1).options.pointStyle"));
    }
  }
}
