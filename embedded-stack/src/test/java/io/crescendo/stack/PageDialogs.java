package io.crescendo.stack;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.crescendo.stack.PageIT.HOSTILE;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page tells about an artist, a number and a run; run by {@link PageIT}. */
abstract class PageDialogs {

  @Test
  void showsTheHistoryOfAnArtistThatALinkNames() {
    String id;
    try (PageView view = PageIT.open("")) {
      view.at("#growing a").first().click();
      assertThat(view.at("#artist-observations tr").nth(1)).isVisible();
      assertThat(view.at("#history-plot")).isVisible();
      id = view.choices();
      view.page().goBack();
      assertThat(view.at("#artist")).isHidden();
    }
    try (PageView view = PageIT.open(id)) {
      assertThat(view.at("#artist-observations tr").nth(1)).isVisible();
    }
    try (PageView view = PageIT.open("?artist=nobody")) {
      assertThat(view.at("#artist-note")).containsText("knows no artist with the id “nobody”");
    }
  }

  @Test
  void saysThatAHistoryIsLongerThanWhatItShows() {
    try (PageView view = PageIT.open("?artist=h1")) {
      assertThat(view.at("#artist-note")).containsText("observed 1 time, last");
      Locator growth = view.at("#artist-figures .note").last();
      assertThat(growth).hasText("needs a second observation");
      assertThat(growth.evaluate("e => e.scrollWidth > e.clientWidth")).isEqualTo(false);
      view.changing("**/artist_history*", body -> body.replaceFirst(",1\\]\\]", ",12345]]"));
      assertThat(view.at("#artist-note")).containsText("observed 12,345 times");
      assertThat(view.at("#artist-note")).containsText("the latest 1 of 12,345 observations");
    }
  }

  @Test
  void tracesANumberToItsQueryAndGivesItAsAFileThatASpreadsheetDoesNotRun() throws IOException {
    try (PageView view = PageIT.open("")) {
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
  void tracesTheNewestRecordAndTheRecentRejectsToTheCheckOfTheRun() {
    try (PageView view = PageIT.open("")) {
      for (String figure : List.of("#age", "#rejected-note")) {
        assertThat(view.at(figure)).hasText(Pattern.compile("\\d"));
        view.at(figure).click();
        assertThat(view.at("#query-title")).hasText("What has landed");
        assertThat(view.at("#query-rows")).containsText("artist_rejects");
        assertThat(view.at("#query-sql")).containsText("max(ingested_at)");
        view.press("Escape");
        assertThat(view.at("#query")).isHidden();
      }
    }
  }

  @Test
  void givesTheRowsOfAChoiceAsAFile() throws IOException {
    try (PageView view = PageIT.open("?tier=developing")) {
      assertThat(view.at("#artists")).not().hasText("3,002");
      view.at("[data-card=top-artists] .sql").click();
      assertThat(view.at("#query-facts")).containsText(":tier = developing");
      Download file = view.page().waitForDownload(() -> view.at("#download").click());
      List<String> lines = Files.readAllLines(file.path());
      assertThat(lines.subList(1, lines.size()))
          .hasSize(25)
          .allMatch(line -> line.matches(".*,[1-9]\\d{3},\\d*"));
    }
  }

  @Test
  void givesAllRowsAsAFileAndSaysWhereAnAnswerWasCut() throws IOException {
    try (PageView view = PageIT.open("?query=top_artists_of_genre")) {
      Locator left = view.at("#query-rows .note");
      assertThat(left).hasText(Pattern.compile("The first 100 of [\\d,]+ rows; .* all of them\\."));
      String total = left.textContent().replaceAll(".* of ([\\d,]+) rows.*", "$1").replace(",", "");
      Download file = view.page().waitForDownload(() -> view.at("#download").click());
      assertThat(Files.readAllLines(file.path())).hasSize(1 + Integer.parseInt(total));
      view.changing(
          "**/top_artists_of_genre?*",
          body -> body.replace("\"complete\":true", "\"complete\":false"));
      assertThat(left).hasText(Pattern.compile("The first 100 rows; .* the answer was cut\\."));
    }
  }

  @Test
  void copiesTheSql() {
    try (PageView view = PageIT.open("?query=totals")) {
      view.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
      assertThat(view.at("#query-sql")).containsText("SELECT");
      view.at("#copy").click();
      assertThat(view.at("#copy")).hasText("Copied");
      assertThat(view.page().evaluate("navigator.clipboard.readText()"))
          .isEqualTo(view.at("#query-sql").textContent());
    }
  }

  @Test
  void closesByItsButtonAndBesideIt() {
    try (PageView view = PageIT.open("")) {
      view.at("#artists").click();
      assertThat(view.at("#query")).isVisible();
      view.at("#query .close").click();
      assertThat(view.at("#query")).isHidden();
      view.at("#top-artists a").first().click();
      assertThat(view.at("#artist")).isVisible();
      view.page().mouse().click(20, 400);
      assertThat(view.at("#artist")).isHidden();
      view.page().waitForCondition(() -> view.choices().isEmpty());
    }
  }

  @Test
  void opensTheDialogThatALinkNames() {
    try (PageView view = PageIT.open("?genre=pop&query=totals")) {
      assertThat(view.at("#query-title")).hasText("Totals");
      assertThat(view.at("#query-facts")).containsText(":genre = pop");
      view.press("Escape");
      view.page().waitForCondition(() -> view.choices().equals("?genre=pop"));
    }
    try (PageView view = PageIT.open("?record=" + PageIT.run())) {
      assertThat(view.at("#record-body")).containsText("query totals");
      assertThat(view.at("#record-run")).hasText(PageIT.run());
    }
    try (PageView view = PageIT.open("?query=nothing&record=")) {
      assertThat(view.at("#query-description")).containsText("has no query 'nothing'");
    }
  }
}
