package io.crescendo.streams;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one instance tells of something that lies on all partitions.
 *
 * @param partitions partitions of the state that it has looked through
 * @param told the first of what it found there
 */
record Share<T>(Set<Integer> partitions, List<T> told) {

  /** Header of a forwarded answer that carries the partitions. */
  static final String PARTITIONS = "Crescendo-Partitions";

  /**
   * Reads what an instance answered.
   *
   * @param header partitions as {@link #header} writes them
   * @throws NumberFormatException if they are none
   */
  static <T> Share<T> of(String header, List<T> told) {
    Set<Integer> partitions = new TreeSet<>();
    for (String partition : header.isEmpty() ? new String[0] : header.split(",", -1)) {
      partitions.add(Integer.valueOf(partition));
    }
    return new Share<>(partitions, told);
  }

  String header() {
    return partitions.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
  }

  /**
   * The first of all shares.
   *
   * @param partitions how many there are
   * @throws Unanswered unless the shares hold each partition, and hold it once
   */
  static <T> List<T> whole(
      List<Share<T>> shares, int partitions, Comparator<? super T> order, int most) {
    List<Integer> looked =
        shares.stream().flatMap(share -> share.partitions().stream()).sorted().toList();
    if (looked.size() != partitions || Set.copyOf(looked).size() != partitions) {
      throw Unanswered.notHere(
          "The state lies in %s partitions, and the instances told of %s"
              .formatted(partitions, looked),
          null);
    }
    return shares.stream()
        .flatMap(share -> share.told().stream())
        .sorted(order)
        .limit(most)
        .toList();
  }
}
