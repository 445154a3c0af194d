package io.crescendo.connect.s3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches that were being landed when their partitions moved on. What becomes of them is known to
 * whoever reads their rows again; here they only take memory until their uploads end.
 */
final class Leftovers {

  private final List<Landing> landings = new ArrayList<>();

  /** Nobody waits for that batch any more. */
  void add(Landing landing) {
    landing.abandon();
    landings.add(landing);
  }

  /** Memory that they take, in bytes. */
  long bytes() {
    landings.removeIf(l -> l.bytes() == 0);
    return landings.stream().mapToLong(Landing::bytes).sum();
  }

  /**
   * Waits until one of them takes no memory any more.
   *
   * @return false if each still does after that time
   */
  boolean await(Duration longest) {
    return landings.isEmpty() || landings.get(0).await(longest);
  }
}
