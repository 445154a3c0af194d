package io.crescendo.csv;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far one source has been published. */
interface Meter extends AutoCloseable {

  void show(long rows, long bytes);

  @Override
  void close();

  /** Shows nothing. */
  static Meter none() {
    return new Meter() {
      @Override
      public void show(long rows, long bytes) {}

      @Override
      public void close() {}
    };
  }

  /** A bar with the time left, on the terminal's standard error. */
  static Meter bar(Source source) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(Excerpt.of(source.name()))
            .setInitialMax(source.size())
            .setUnit(" KiB", 1024)
            .setStyle(ProgressBarStyle.ASCII)
            .build();
    return new Meter() {
      @Override
      public void show(long rows, long bytes) {
        bar.stepTo(bytes);
        bar.setExtraMessage(String.format(Locale.ROOT, " %,d rows", rows));
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }

  /** A line now and then, for logs. */
  static Meter lines(Source source, PrintWriter out) {
    long pause = Duration.ofSeconds(5).toNanos();
    return new Meter() {
      private final long begun = System.nanoTime();
      private long shown = begun;

      @Override
      public void show(long rows, long bytes) {
        long now = System.nanoTime();
        if (now - shown >= pause) {
          shown = now;
          String share =
              source.size() == 0 ? "" : ", %d%% of the file".formatted(bytes * 100 / source.size());
          out.printf(
              Locale.ROOT,
              "%s: %,d rows published (%,d rows/s)%s%n",
              Excerpt.of(source.name()),
              rows,
              Math.round(rows * 1e9 / (now - begun)),
              share);
          out.flush();
        }
      }

      @Override
      public void close() {}
    };
  }
}
