package io.crescendo.csv;

import java.time.Duration;

/**
 * How large a transaction may grow. Readers of committed records wait as long, so a transaction
 * ends at whichever limit comes first.
 *
 * @param records records in one transaction, at least 1
 * @param age time since its first record
 */
record CommitLimits(int records, Duration age) {

  static final CommitLimits DEFAULT = new CommitLimits(200_000, Duration.ofSeconds(1));

  CommitLimits {
    if (records < 1 || age.isNegative()) {
      throw new IllegalArgumentException(
          "a transaction must hold at least 1 record for no negative time, got %s and %s"
              .formatted(records, age));
    }
  }
}
