package io.crescendo.csv;

import java.io.IOException;
import java.util.Locale;

/** Turns away a source with more bad rows than somebody is ready to accept. */
final class RejectLimit {

  private final PublishOptions options;

  RejectLimit(PublishOptions options) {
    this.options = options;
  }

  private boolean isSet() {
    return options.maxRejectRate() < 1;
  }

  /**
   * Reads the whole source before any of it is published, where that is possible.
   *
   * @throws TooManyRejectsException if it has too many bad rows
   */
  void checkBefore(Source source) throws IOException {
    if (!isSet() || !source.repeatable()) {
      return;
    }
    long rows = 0;
    long rejected = 0;
    String example = null;
    try (ArtistFileReader reader = ArtistFileReader.open(source, options.reading())) {
      while (reader.next()) {
        rows++;
        if (reader.rejection() != null) {
          rejected++;
          example = example == null ? reader.rejection().problem() : example;
        }
      }
    }
    check(source, rows, rejected, "nothing was published; the first: " + example);
  }

  /**
   * Checks as far as a source that cannot be read twice has been read.
   *
   * @throws TooManyRejectsException if it has too many bad rows so far
   */
  void checkUnderway(Source source, Counts counts) {
    if (isSet() && !source.repeatable()) {
      check(
          source,
          counts.rows(),
          counts.rejections(),
          "%d rows were published before".formatted(counts.committed()));
    }
  }

  private void check(Source source, long rows, long rejected, String fate) {
    if (rejected > options.maxRejectRate() * rows) {
      throw new TooManyRejectsException(
          String.format(
              Locale.ROOT,
              "%s: %d of %d rows break a rule (%.2f%%), at most %.2f%% may; %s",
              source.name(),
              rejected,
              rows,
              100.0 * rejected / rows,
              100 * options.maxRejectRate(),
              fate));
    }
  }
}
