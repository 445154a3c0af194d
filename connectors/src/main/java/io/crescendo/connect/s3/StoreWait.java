package io.crescendo.connect.s3;

import io.crescendo.connect.s3.store.StoreException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.RetriableException;

/**
 * What a put is ended with that must wait for the store: Connect brings its records again.
 *
 * @param source the topic partition that waits
 * @param bench the task's
 */
record StoreWait(TopicPartition source, Workbench bench) {

  /** Until Connect brings the same records again, in milliseconds. */
  private static final long POLL_MILLIS = 200;

  /** After a request that may succeed later. */
  RetriableException after(StoreException failure) {
    bench.context().timeout(bench.settings().retryBackoff().toMillis());
    return new RetriableException(
        "%s waits for the store; nothing is lost: %s".formatted(source, failure.getMessage()),
        failure);
  }

  /** Where the put has waited for as long as it may. */
  RetriableException outOfPatience(String what) {
    bench.context().timeout(POLL_MILLIS);
    return new RetriableException(
        "%s has waited for %s for as long as a put may, which is %s; nothing is lost"
            .formatted(source, what, Patience.WHOLE));
  }
}
