package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishDisplayTest {

  private final StringWriter err = new StringWriter();
  private final List<String> shown = new ArrayList<>();
  private final PublishDisplay display =
      new PublishDisplay(
          new PrintWriter(err),
          source ->
              new Meter() {
                @Override
                public void show(long rows, long bytes) {
                  shown.add(source.name() + " " + rows + " " + bytes);
                }

                @Override
                public void close() {
                  shown.add("closed");
                }
              });

  @Test
  void sumsUpInOneLine() {
    assertThat(display.end(report(2, Map.of("too_long", 1L, "blank_field", 1L))))
        .isEqualTo(
            "artists.csv: 37,012 rows in 2.0 s (18,506 rows/s): 37,010 published, 2 rejected"
                + " (blank_field 1, too_long 1)");
    assertThat(display.end(report(0, Map.of()))).endsWith("37,012 published, 0 rejected");
  }

  @Test
  void saysThatAFileHasNoRowsAlsoTheSecondTime() {
    for (boolean already : new boolean[] {false, true}) {
      PublishReport empty =
          new PublishReport("a.csv", 0, 0, 0, Map.of(), 0, already, Duration.ofMillis(3));
      assertThat(display.end(empty))
          .isEqualTo("a.csv: has no rows below its header; nothing was published");
    }
  }

  @Test
  void showsTheFirstRejectedRowsAndCountsTheOthers() {
    display.begin(new TextSource(""));
    for (int i = 1; i <= 7; i++) {
      display.rejected("row " + i);
    }
    assertThat(err.toString()).isEmpty();
    display.end(report(7, Map.of("blank_field", 7L)));
    assertThat(err.toString().lines())
        .containsExactly(
            "row 1",
            "row 2",
            "row 3",
            "row 4",
            "row 5",
            "artists.csv: 2 more rows rejected, all of them in artist-rejects");
  }

  @Test
  void saysAtOnceWhatWasGuessed() {
    display.noticed("artists.csv: read as windows-1252");
    assertThat(err.toString()).startsWith("artists.csv: read as windows-1252");
  }

  @Test
  void movesTheMeterAndTakesItOffTheScreenOnce() {
    display.begin(new TextSource(""));
    display.published(new TextSource(""), 5, 80);
    display.end(report(0, Map.of()));
    display.close();
    assertThat(shown).containsExactly("artists.csv 5 80", "closed");
  }

  @Test
  void writesTheSummaryAsJson(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("summary.json");
    PublishSummary.write(
        List.of(
            Outcome.of(report(2, Map.of("too_long", 2L))),
            Outcome.of(report(0, Map.of())),
            Outcome.failed(new TextSource(""), new Failure("the disk is full", 1), 20)),
        file);
    assertThat(new ObjectMapper().readTree(file.toFile()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"rows": 74024, "accepted": 74022, "rejected": 2, "sources": [
                      {"source": "artists.csv", "rows": 37012, "accepted": 37010, "rejected": 2,
                       "rejected_by_reason": {"too_long": 2}, "rows_before": 0, "already_published": false, "seconds": 2.0},
                      {"source": "artists.csv", "rows": 37012, "accepted": 37012, "rejected": 0,
                       "rejected_by_reason": {}, "rows_before": 0, "already_published": false, "seconds": 2.0},
                      {"source": "artists.csv", "error": "the disk is full", "committed_rows": 20}]}
                    """));
  }

  private static PublishReport report(long rejected, Map<String, Long> byReason) {
    return new PublishReport(
        "artists.csv",
        37_012,
        37_012 - rejected,
        rejected,
        byReason,
        0,
        false,
        Duration.ofSeconds(2));
  }
}
