package io.crescendo.stack;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the page shows before its figures are there, and where they do not come; run by {@link
 * PageIT}.
 */
abstract class PageLoading {

  private static final String WAITING =
      "document.getAnimations().filter((a) => a.animationName === 'wait').length";
  private static final int CARDS = 8;

  @ParameterizedTest
  @CsvSource({"1280,LIGHT", "1280,DARK", "390,LIGHT", "390,DARK"})
  void showsItsFrameAtOnceAndNothingMovesWhenFiguresCome(int width, ColorScheme scheme) {
    try (PageView view = PageIT.open("", width, scheme)) {
      List<Route> held = view.holding("**/api/**");
      assertThat(view.at(".card h2:visible")).hasCount(CARDS);
      assertThat(view.at(".card[aria-busy=true]")).hasCount(CARDS);
      assertThat((Integer) view.page().evaluate(WAITING)).isGreaterThan(CARDS);
      assertThat(view.obstacles()).isEmpty();
      view.picture(
          "loading-%s-%s.png".formatted(width, scheme.name().toLowerCase(Locale.ROOT)), false);
      view.page().unroute("**/api/**");
      held.forEach(Route::resume);
      assertThat(view.at("#artists")).hasText("3,002");
      assertThat(view.at(".card[aria-busy=true]")).hasCount(0);
      view.awaitStillness();
      assertThat(view.page().evaluate(WAITING)).isEqualTo(0);
      assertThat(view.shifts()).isEmpty();
      assertThat(view.errors()).isEmpty();
    }
  }

  @Test
  void holdsStillWhileItWaitsWhereThatIsAskedFor() {
    try (PageView view = PageIT.open("")) {
      view.page()
          .emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
      view.holding("**/api/**");
      assertThat(view.at(".card[aria-busy=true]")).hasCount(CARDS);
      assertThat(view.page().evaluate(WAITING)).isEqualTo(0);
      assertThat(
              view.page()
                  .evaluate(
                      "getComputedStyle(document.querySelector('.list'), '::before').backgroundImage"))
          .asString()
          .contains("gradient");
    }
  }

  @Test
  void saysInACardWhyItHasNoFiguresAndFillsItAsSoonAsThereAreSome() {
    try (PageView view = PageIT.open("").withItsClock()) {
      view.page()
          .route(
              "**/genre_trend*",
              route ->
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setStatus(500)
                          .setBody("{\"error\":\"the disk is full\"}")));
      view.page().reload();
      assertThat(view.at("[data-card=trend] .problem"))
          .hasText("Not loaded: the disk is full. Trying again.");
      assertThat(view.at("#artists")).hasText("3,002");
      assertThat(view.at(".problem")).hasCount(1);
      assertThat(view.obstacles()).isEmpty();
      view.page().unroute("**/genre_trend*");
      view.pass(Duration.ofMinutes(1));
      assertThat(view.at("#trend-names a").first()).isVisible();
      assertThat(view.at(".problem")).hasCount(0);
    }
  }

  @Test
  void saysInEveryCardThatNobodyAnswers() {
    try (PageView view = PageIT.open("").withItsClock()) {
      view.page().route("**/api/**", Route::abort);
      view.page().reload();
      assertThat(view.at("#banner")).containsText("does not answer. Trying again.");
      assertThat(view.at(".card .problem:visible")).hasCount(CARDS);
      assertThat(view.at("#artists")).hasText("–");
      assertThat(view.page().evaluate(WAITING)).isEqualTo(0);
      assertThat(view.obstacles()).isEmpty();
      view.page().unroute("**/api/**");
      view.pass(Duration.ofMinutes(1));
      assertThat(view.at("#artists")).hasText("3,002");
      assertThat(view.at(".problem")).hasCount(0);
      assertThat(view.at("#banner")).isHidden();
    }
  }

  @Test
  void advisesToLoadItAgainWhereItsScriptsDoNotCome() {
    try (PageView view = PageIT.open("")) {
      view.page().route("**/cards.js", Route::abort);
      view.page().reload();
      assertThat(view.at(".late")).isHidden();
      view.page()
          .evaluate("document.getAnimations().find((a) => a.animationName === 'appear').finish()");
      assertThat(view.at(".late")).containsText("load the page again");
    }
  }
}
