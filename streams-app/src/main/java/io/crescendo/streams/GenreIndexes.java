package io.crescendo.streams;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The genres of the artists on this instance, by partition, for those who ask. Thread-safe. */
final class GenreIndexes {

  private final Map<Integer, GenreIndex> indexes = new ConcurrentHashMap<>();

  /** Takes the place of the index of a former owner. */
  void add(int partition, GenreIndex index) {
    indexes.put(partition, index);
  }

  /** Does nothing where another one has taken its place. */
  void remove(int partition, GenreIndex index) {
    indexes.remove(partition, index);
  }

  /** Empty where the partition lies elsewhere, or its index is still being made. */
  Optional<GenreIndex> of(int partition) {
    return Optional.ofNullable(indexes.get(partition));
  }
}
