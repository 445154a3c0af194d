package io.crescendo.csv;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells a person at a console what becomes of each source. */
final class PublishDisplay implements Progress, AutoCloseable {

  private static final int EXAMPLES = 5;

  private final PrintWriter err;
  private final Function<Source, Meter> meters;
  private final List<String> examples = new ArrayList<>();
  private Meter meter = Meter.none();

  /**
   * Makes a display.
   *
   * @param err where rejected rows are shown
   * @param meters shows the progress of one source
   */
  PublishDisplay(PrintWriter err, Function<Source, Meter> meters) {
    this.err = err;
    this.meters = meters;
  }

  /** A source begins. */
  void begin(Source source) {
    examples.clear();
    meter = meters.apply(source);
  }

  @Override
  public void published(Source source, long rows, long bytes) {
    meter.show(rows, bytes);
  }

  @Override
  public void noticed(String message) {
    err.println(message);
    err.flush();
  }

  @Override
  public void rejected(String message) {
    if (examples.size() < EXAMPLES) {
      examples.add(message);
    }
  }

  /** A source has ended: shows some of its rejected rows and sums up. */
  String end(PublishReport report) {
    close();
    examples.forEach(err::println);
    if (!report.alreadyPublished() && report.rejected() > examples.size()) {
      err.printf(
          Locale.ROOT,
          "%s: %,d more rows rejected, all of them in artist-rejects%n",
          Excerpt.of(report.source()),
          report.rejected() - examples.size());
    }
    err.flush();
    if (report.rows() == 0) {
      return "%s: has no rows below its header; nothing was published"
          .formatted(Excerpt.of(report.source()));
    }
    if (report.alreadyPublished()) {
      return String.format(
          Locale.ROOT,
          "%s: published already (%,d rows, %,d rejected); nothing to do, --again publishes it anew",
          Excerpt.of(report.source()),
          report.rows(),
          report.rejected());
    }
    return String.format(
        Locale.ROOT,
        "%s: %,d rows in %.1f s (%,d rows/s): %,d published, %,d rejected%s%s",
        Excerpt.of(report.source()),
        report.rows(),
        report.duration().toMillis() / 1000.0,
        report.rowsPerSecond(),
        report.accepted(),
        report.rejected(),
        reasons(report.rejectedByReason()),
        report.rowsBefore() == 0
            ? ""
            : String.format(Locale.ROOT, "; %,d of them by an earlier run", report.rowsBefore()));
  }

  /** Takes the meter off the screen. */
  @Override
  public void close() {
    meter.close();
    meter = Meter.none();
  }

  private static String reasons(Map<String, Long> rejected) {
    return rejected.isEmpty()
        ? ""
        : rejected.entrySet().stream()
            .map(e -> String.format(Locale.ROOT, "%s %,d", e.getKey(), e.getValue()))
            .collect(Collectors.joining(", ", " (", ")"));
  }
}
