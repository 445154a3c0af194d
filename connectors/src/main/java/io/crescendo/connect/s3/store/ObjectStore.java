package io.crescendo.connect.s3.store;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Immutable objects by key. Thread-safe.
 *
 * <p>Failures are {@link StoreException}; after one that {@link StoreException#isTransient}, the
 * object may or may not have been written.
 */
public interface ObjectStore extends AutoCloseable {

  /**
   * Looks whether the place for objects is there, for whoever starts: it is told at once what each
   * object would meet later. Where that cannot be told now, this only logs it.
   *
   * @throws StoreException if it is not there, which is not transient
   */
  void checkPlace();

  /**
   * Creates an object unless one of that key exists.
   *
   * @return whether this call created it; where an earlier call succeeded without the caller
   *     getting to know, it did not
   */
  boolean create(String key, Content content, Map<String, String> metadata);

  /** Metadata of an object, keys in lower case; empty if there is none. */
  Optional<Map<String, String>> metadata(String key);

  /**
   * As {@link #metadata(String)}, for somebody who cannot wait: asks once, and fails if no answer
   * comes in time.
   *
   * @param longest more than zero
   */
  Optional<Map<String, String>> metadata(String key, Duration longest);

  @Override
  void close();
}
