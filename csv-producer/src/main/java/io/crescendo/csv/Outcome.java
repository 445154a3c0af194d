package io.crescendo.csv;

/**
 * What became of one source.
 *
 * @param source {@link Source#name()}
 * @param report null if it was not published to its end
 * @param failure why not; null if it was
 * @param committed rows of it that readers see
 */
record Outcome(String source, PublishReport report, Failure failure, long committed) {

  static Outcome of(PublishReport report) {
    return new Outcome(report.source(), report, null, report.rows());
  }

  static Outcome failed(Source source, Failure failure, long committed) {
    return new Outcome(source.name(), null, failure, committed);
  }
}
