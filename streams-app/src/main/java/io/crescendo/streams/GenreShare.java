package io.crescendo.streams;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one instance tells of all genres.
 *
 * @param partitions partitions of the totals that it has looked through
 * @param genres those with most followers in these partitions
 */
record GenreShare(Set<Integer> partitions, List<Answers.Genre> genres) {

  /** Header of a forwarded answer that carries the partitions. */
  static final String PARTITIONS = "Crescendo-Partitions";

  static final Comparator<Answers.Genre> BY_FOLLOWERS =
      Comparator.comparingLong(Answers.Genre::followers)
          .reversed()
          .thenComparing(Answers.Genre::genre);

  /**
   * Reads what an instance answered.
   *
   * @param header partitions as {@link #header} writes them
   * @throws NumberFormatException if they are none
   */
  static GenreShare of(String header, List<Answers.Genre> genres) {
    Set<Integer> partitions = new TreeSet<>();
    for (String partition : header.isEmpty() ? new String[0] : header.split(",", -1)) {
      partitions.add(Integer.valueOf(partition));
    }
    return new GenreShare(partitions, genres);
  }

  String header() {
    return partitions.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
  }

  /**
   * The genres with most followers of all shares.
   *
   * @param partitions how many there are
   * @throws Unanswered unless the shares hold each partition, and hold it once
   */
  static List<Answers.Genre> whole(List<GenreShare> shares, int partitions, int most) {
    List<Integer> told =
        shares.stream().flatMap(share -> share.partitions().stream()).sorted().toList();
    if (told.size() != partitions || Set.copyOf(told).size() != partitions) {
      throw Unanswered.notHere(
          "Genres lie in %s partitions, and the instances told of %s".formatted(partitions, told),
          null);
    }
    return shares.stream()
        .flatMap(share -> share.genres().stream())
        .sorted(BY_FOLLOWERS)
        .limit(most)
        .toList();
  }
}
