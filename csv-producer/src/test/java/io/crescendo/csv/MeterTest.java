package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.junit.jupiter.api.Test;

class MeterTest {

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void countsOnlyTheRowsOfThisRunIntoItsRate() {
    StringWriter out = new StringWriter();
    try (Meter meter =
        Meter.lines(new TextSource("0123456789"), new PrintWriter(out), nanos::get)) {
      meter.show(1_000_000, 2); // a run before has published nearly all of them
      nanos.addAndGet(Duration.ofSeconds(10).toNanos());
      meter.show(1_000_500, 5);
    }
    assertThat(out.toString())
        .isEqualToIgnoringNewLines(
            "artists.csv: 1,000,500 rows published (50 rows/s), 50% of the file");
  }

  @Test
  void drawsRowsAndRowsPerSecondAndTheTimeLeft() {
    List<String> drawn = draw(new TextSource("0123456789"));
    assertThat(drawn).last().asString().contains("50%", "7 rows", "rows/s").matches(".*/ 0:.*");
  }

  @Test
  void drawsNoShareOfASourceWhoseEndNobodyKnows() {
    List<String> drawn = draw(new StandardInput(System.in, "stdin:1", TextSource.OBSERVED_AT));
    assertThat(drawn).last().asString().contains("7 rows").contains("?");
  }

  private static List<String> draw(Source source) {
    List<String> drawn = new ArrayList<>();
    ProgressBarConsumer screen =
        new ProgressBarConsumer() {
          @Override
          public int getMaxRenderedLength() {
            return 200;
          }

          @Override
          public void accept(String rendered) {
            drawn.add(rendered);
          }

          @Override
          public void close() {}
        };
    try (Meter meter = Meter.bar(source, screen)) {
      meter.show(7, 5);
    }
    return drawn;
  }
}
