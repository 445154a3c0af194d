package io.crescendo.csv;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a source that was read to its end, in this run and those that it went on from.
 *
 * @param source {@link Source#name()}
 * @param rows rows after the header
 * @param accepted rows sent to {@code artist-updates}
 * @param rejected rows sent to {@code artist-rejects}
 * @param rejectedByReason rejected rows by reason, such as {@code not_a_whole_number}, sorted
 * @param rowsBefore how many of the rows earlier runs had published
 * @param alreadyPublished whether those were all, so that this run published nothing
 * @param duration from opening the source to the last commit
 */
public record PublishReport(
    String source,
    long rows,
    long accepted,
    long rejected,
    Map<String, Long> rejectedByReason,
    long rowsBefore,
    boolean alreadyPublished,
    Duration duration) {

  /** Makes the map sorted and unmodifiable. */
  public PublishReport {
    rejectedByReason = Collections.unmodifiableMap(new TreeMap<>(rejectedByReason));
  }

  /** Rows per second of this run. */
  public long rowsPerSecond() {
    return Math.round((rows - rowsBefore) / Math.max(1e-3, duration.toMillis() / 1000.0));
  }
}
