package io.crescendo.csv;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Counts the rows of one source while it is published. */
final class Counts {

  private final long before;
  private final Map<String, Long> rejected;
  private long accepted;
  private long committed;

  /** Goes on from where an earlier run came to. */
  Counts(Checkpoint from) {
    before = from.rows();
    accepted = from.accepted();
    rejected = new TreeMap<>(from.rejected());
    committed = before;
  }

  void count(Rejection rejection) {
    if (rejection == null) {
      accepted++;
    } else {
      rejected.merge(rejection.reason().code(), 1L, Long::sum);
    }
  }

  long rejections() {
    return rejected.isEmpty() ? 0 : rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  long rows() {
    return accepted + rejections();
  }

  /** Rows that readers see. */
  long committed() {
    return committed;
  }

  void markCommitted() {
    committed = rows();
  }

  Checkpoint checkpoint(long position, Instant observedAt, boolean finished) {
    return new Checkpoint(accepted, rejected, position, observedAt, finished);
  }

  PublishReport report(Source source, Duration duration, boolean already) {
    return new PublishReport(
        source.name(), rows(), accepted, rejections(), rejected, before, already, duration);
  }
}
