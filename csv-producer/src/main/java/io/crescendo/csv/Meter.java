package io.crescendo.csv;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
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

  /** A bar with rows, rows per second and the time left, on the terminal's standard error. */
  static Meter bar(Source source) {
    return bar(source, new ConsoleProgressBarConsumer(System.err));
  }

  /** As {@link #bar(Source)}, drawn somewhere else. */
  static Meter bar(Source source, ProgressBarConsumer screen) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(Excerpt.of(source.name()))
            .setInitialMax(source.size() == 0 ? -1 : source.size()) // -1: nobody knows
            .setUnit(" KiB", 1024)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(screen)
            .build();
    RowRate rate = new RowRate(System::nanoTime);
    return new Meter() {
      @Override
      public void show(long rows, long bytes) {
        bar.stepTo(bytes);
        bar.setExtraMessage(
            String.format(Locale.ROOT, " %,d rows, %,d rows/s", rows, rate.after(rows)));
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }

  /** A line now and then, for logs. */
  static Meter lines(Source source, PrintWriter out) {
    return lines(source, out, System::nanoTime);
  }

  /** As {@link #lines(Source, PrintWriter)}, by another clock. */
  static Meter lines(Source source, PrintWriter out, LongSupplier nanoTime) {
    long pause = Duration.ofSeconds(5).toNanos();
    RowRate rate = new RowRate(nanoTime);
    return new Meter() {
      private long shown = nanoTime.getAsLong();

      @Override
      public void show(long rows, long bytes) {
        long now = nanoTime.getAsLong();
        long perSecond = rate.after(rows);
        if (now - shown >= pause) {
          shown = now;
          String share =
              source.size() == 0 ? "" : ", %s%% of the file".formatted(bytes * 100 / source.size());
          out.printf(
              Locale.ROOT,
              "%s: %,d rows published (%,d rows/s)%s%n",
              Excerpt.of(source.name()),
              rows,
              perSecond,
              share);
          out.flush();
        }
      }

      @Override
      public void close() {}
    };
  }
}
