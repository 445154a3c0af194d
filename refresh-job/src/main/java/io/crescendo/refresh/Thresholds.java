package io.crescendo.refresh;

import java.time.Duration;
import java.util.List;

/**
 * What a run has to find in the warehouse. Null where anything will do.
 *
 * @param maxAge how long ago the newest record of table {@code artists} may have come in
 * @param maxRejectShare how many of the records of the last 24 hours may be rejects, from 0 to 1
 * @param maxRowDrop by how much the rows of a table may be fewer than at the end of the last run
 *     that succeeded, from 0 (none) to 1 (all)
 */
public record Thresholds(Duration maxAge, Double maxRejectShare, Double maxRowDrop) {

  /** Anything will do. */
  public static final Thresholds NONE = new Thresholds(null, null, null);

  boolean any() {
    return maxAge != null || maxRejectShare != null || maxRowDrop != null;
  }

  void check(List<String> problems) {
    if (maxAge != null && (maxAge.isNegative() || maxAge.isZero())) {
      problems.add("max age must be longer than nothing, got %s".formatted(maxAge));
    }
    share("max reject share", maxRejectShare, problems);
    share("max row drop", maxRowDrop, problems);
  }

  private static void share(String setting, Double value, List<String> problems) {
    if (value != null && !(value >= 0 && value <= 1)) {
      problems.add("%s must be a share from 0 to 1, got %s".formatted(setting, value));
    }
  }
}
