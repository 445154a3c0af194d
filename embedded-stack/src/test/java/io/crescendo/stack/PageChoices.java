package io.crescendo.stack;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.crescendo.stack.PageIT.HOSTILE;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a viewer chooses to see; run by {@link PageIT}. */
abstract class PageChoices {

  private static final String BELOW_THE_TOOLBAR =
      """
      document.activeElement.getBoundingClientRect().top
        >= document.querySelector(".toolbar").getBoundingClientRect().bottom""";

  @Test
  void ranksTheArtistsOfAGenreOnAClickAndGoesBack() {
    try (PageView view = PageIT.open("")) {
      Locator genre = view.at("#top-genres a").nth(1);
      String name = genre.locator(".who").textContent();
      genre.click();
      assertThat(view.at("#top-artists-title")).hasText("Top artists of " + name);
      assertThat(view.at("#genre")).hasValue(name);
      assertThat(view.at("#artists")).not().hasText("3,002");
      String artists = view.at("#artists").textContent();
      assertThat(view.choices()).startsWith("?genre=");
      try (PageView linked = PageIT.open(view.choices())) {
        assertThat(linked.at("#artists")).hasText(artists);
      }
      view.page().goBack();
      assertThat(view.at("#artists")).hasText("3,002");
      assertThat(view.at("#genre")).hasValue("");
      assertThat(view.errors()).isEmpty();
    }
  }

  @Test
  void followsALineOfTheTrendToItsGenre() {
    try (PageView view = PageIT.open("")) {
      Locator line = view.at("#trend-names a").nth(2);
      String genre = line.locator(".who").textContent();
      line.click();
      assertThat(view.at("#genre")).hasValue(genre);
      assertThat(view.at("#top-artists-title")).hasText("Top artists of " + genre);
    }
  }

  @Test
  void followsAGenreOfAnArtistOutOfItsDialog() {
    try (PageView view = PageIT.open("?artist=h1")) {
      view.at("#artist-genres a").click();
      assertThat(view.at("#artist")).isHidden();
      assertThat(view.at("#genre")).hasValue("<b>bold</b>");
      assertThat(view.at("#artists")).hasText("2");
    }
  }

  @Test
  void narrowsEveryFigureToATierAndClearsIt() {
    try (PageView view = PageIT.open("")) {
      assertThat(view.at("#artists")).hasText("3,002");
      view.awaitCharts(3);
      Map<String, String> all = view.cards();
      assertThat(all).hasSizeGreaterThan(10);
      view.at("#tier").selectOption("developing");
      view.page()
          .waitForCondition(
              () ->
                  view.cards().entrySet().stream()
                      .allMatch(
                          c ->
                              c.getKey().startsWith("reject")
                                  || !c.getValue().equals(all.get(c.getKey()))));
      assertThat(view.at("#t-rejected")).hasText("Rejected, all artists");
      assertThat(view.at("#rejects-title")).hasText("Rejects by reason, all artists");
      assertThat(view.at("#rejected")).hasText("1");
      assertThat(view.choices()).isEqualTo("?tier=developing");
      view.at("#clear").click();
      view.page().waitForCondition(() -> view.cards().equals(all));
      assertThat(view.at("#t-rejected")).hasText("Rejected");
      assertThat(view.choices()).isEmpty();
    }
  }

  @Test
  void choosesAGenreByKeyboardAlone() {
    try (PageView view = PageIT.open("")) {
      assertThat(view.at("#artists")).hasText("3,002");
      view.at("#genre").focus();
      view.page().keyboard().type("<B>");
      assertThat(view.at("#genre-list li")).containsText("<b>bold</b>");
      view.press("ArrowDown");
      assertThat(view.at("#genre")).hasAttribute("aria-activedescendant", "genre-list-0");
      view.press("Enter");
      assertThat(view.at("#artists")).hasText("2");
      assertThat(view.at("#top-genres-nothing")).isVisible();
      view.press("Escape");
      assertThat(view.at("#artists")).hasText("3,002");
      assertThat(view.choices()).isEmpty();
      assertThat(view.errors()).isEmpty();
    }
  }

  @Test
  void offersGenresWithinTheWindowOfAPhone() {
    try (PageView view = PageIT.open("", PageView.PHONE, ColorScheme.LIGHT)) {
      assertThat(view.at("#artists")).hasText("3,002");
      view.at("#genre").fill("bold");
      assertThat(view.at("#genre-list li")).containsText("<b>bold</b>");
      BoundingBox list = view.at("#genre-list").boundingBox();
      assertThat(list.x).isNotNegative();
      assertThat(list.x + list.width).isLessThanOrEqualTo(PageView.PHONE);
    }
  }

  @Test
  void hidesNothingUnderTheToolbarThatTheKeyboardGoesBackTo() {
    try (PageView view = PageIT.open("")) {
      view.at("#growing a").last().focus();
      for (int i = 0; i < 30; i++) {
        view.press("Shift+Tab");
        assertThat((Boolean) view.page().evaluate(BELOW_THE_TOOLBAR)).as("after %s", i).isTrue();
      }
    }
  }

  @Test
  void saysOnceHowManyArtistsAChoiceHas() {
    try (PageView view = PageIT.open("?genre=pop")) {
      assertThat(view.at("#live")).containsText(" in pop");
      view.page().evaluate("window.before = document.getElementById('live').firstChild");
      view.at("[data-choice=growing] button").last().click();
      assertThat(view.at("#growing small").first()).containsText("artist");
      view.awaitStillness();
      assertThat(view.page().evaluate("document.getElementById('live').firstChild === before"))
          .isEqualTo(true);
    }
  }

  @Test
  void leavesWhatIsTypedAloneWhileItAsksForNewsAndRestoresTheChoiceAfterwards() {
    try (PageView view = PageIT.open("?genre=pop").withItsClock()) {
      assertThat(view.at("#genre")).hasValue("pop");
      view.at("#genre").focus();
      view.at("#genre").fill("ro");
      for (int round = 0; round < 2; round++) {
        view.page()
            .waitForResponse(
                r -> r.url().endsWith("/api/status"), () -> view.pass(Duration.ofSeconds(5)));
      }
      assertThat(view.at("#genre")).hasValue("ro");
      view.press("Tab");
      assertThat(view.at("#genre")).hasValue("pop");
    }
  }

  @Test
  void findsAnArtistByKeyboardAloneAndShowsItsHistory() {
    try (PageView view = PageIT.open("")) {
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
  void choosesASuggestionWithTheMouse() {
    try (PageView view = PageIT.open("")) {
      assertThat(view.at("#artists")).hasText("3,002");
      view.at("#genre").fill("bold");
      view.at("#genre-list [role=option]").click();
      assertThat(view.at("#artists")).hasText("2");
      view.at("#search").fill("hyperlink");
      view.at("#search-list [role=option]").click();
      assertThat(view.at("#artist-name")).hasText("=HYPERLINK(\"http://x\")");
      assertThat(view.choices()).contains("genre=", "artist=");
    }
  }

  @Test
  void countsGrowthOfGenresOverAChosenPeriod() {
    try (PageView view = PageIT.open("")) {
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
  void countsGrowthOfArtistsOverAChosenPeriod() {
    try (PageView view = PageIT.open("")) {
      assertThat(view.at("#growing tr").first()).isVisible();
      view.at("#days").selectOption("7");
      view.at("[data-card=growing] .sql").click();
      assertThat(view.at("#query-title")).hasText("Fastest growing artists");
      assertThat(view.at("#query-facts")).containsText(":days = 7");
      assertThat(view.at("#query-rows tbody tr").first())
          .containsText(view.at("#growing a").first().textContent());
      assertThat(view.choices()).isEqualTo("?days=7&query=fastest_growing_artists");
    }
  }
}
