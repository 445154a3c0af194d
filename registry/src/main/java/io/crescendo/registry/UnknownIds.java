package io.crescendo.registry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Ids that the registry has just said to have no usable schema under, so that a topic full of
 * records with one of them is no storm of requests. For a moment only: a schema may just have been
 * registered, and not have reached the server that was asked.
 *
 * <p>Thread-safe.
 */
final class UnknownIds {

  static final Duration REMEMBERED = Duration.ofSeconds(2);

  /** Bytes that are no record of the registry's stand for any id, each of which may come once. */
  static final int MOST = 1_000;

  private final LongSupplier nanoTime;

  /** In the order in which they were told. */
  private final Map<Integer, Unknown> ids =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Unknown> eldest) {
          return size() > MOST;
        }
      };

  private record Unknown(String message, long since) {}

  UnknownIds(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The registry said so. */
  synchronized void add(int id, RegistryException reason) {
    ids.remove(id);
    ids.put(id, new Unknown(reason.getMessage(), nanoTime.getAsLong()));
  }

  /**
   * Says the same again.
   *
   * @throws RegistryException if the id was told to be unknown a moment ago
   */
  synchronized void check(int id) {
    Unknown unknown = ids.get(id);
    if (unknown == null) {
      return;
    }
    if (nanoTime.getAsLong() - unknown.since() < REMEMBERED.toNanos()) {
      throw RegistryException.ofSchema(unknown.message(), null);
    }
    ids.remove(id);
  }
}
