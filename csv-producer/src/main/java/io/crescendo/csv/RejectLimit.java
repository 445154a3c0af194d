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

  /** Whether the whole source is to be read before any of it is published. */
  boolean readsBefore(Source source) {
    return isSet() && source.repeatable();
  }

  /**
   * Reads a source to its end.
   *
   * @param committed rows of it that earlier runs published
   * @throws TooManyRejectsException if it has too many bad rows
   */
  void checkBefore(Source source, ArtistFileReader reader, long committed) throws IOException {
    long rows = 0;
    long rejected = 0;
    String example = null;
    while (reader.next()) {
      rows++;
      if (reader.rejection() != null) {
        rejected++;
        example = example == null ? reader.rejection().problem() : example;
      }
    }
    String fate =
        committed == 0
            ? "nothing was published"
            : "%s rows were published by an earlier run".formatted(committed);
    check(source, rows, rejected, committed, "%s; the first: %s".formatted(fate, example));
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
          counts.committed(),
          "%s rows were published before".formatted(counts.committed()));
    }
  }

  private void check(Source source, long rows, long rejected, long committed, String fate) {
    // Divided as the share itself was: the product may be a hair less than the rows that it allows.
    if (rows > 0 && rejected / (double) rows > options.maxRejectRate()) {
      throw new TooManyRejectsException(
          String.format(
              Locale.ROOT,
              "%s: %d of %d rows break a rule (%.2f%%), at most %.2f%% may; %s",
              source.name(),
              rejected,
              rows,
              100.0 * rejected / rows,
              100 * options.maxRejectRate(),
              fate),
          committed);
    }
  }
}
