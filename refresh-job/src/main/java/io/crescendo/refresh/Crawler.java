package io.crescendo.refresh;

/**
 * Finds out which tables the warehouse holds.
 *
 * <p>An implementation may start work elsewhere and poll it, or attach to a crawl that is running
 * already. Either way the catalog describes a state of the warehouse that is not older than the
 * call.
 */
public interface Crawler extends AutoCloseable {

  /**
   * Crawls and waits for the result.
   *
   * @param attempt run that asks, and how long it may take
   * @return the tables; a table without files may be missing
   * @throws DeadlineException if the deadline passes first
   * @throws RefreshException if the crawl fails; the message carries the service's reason
   */
  Catalog crawl(Attempt attempt);

  /**
   * The tables as the last crawl left them, without another one.
   *
   * @throws DeadlineException if the deadline passes first
   * @throws RefreshException if there was no crawl, or its catalog cannot be read
   */
  Catalog last(Attempt attempt);

  /**
   * The tables as they are known without writing anything, for whoever does not hold the lease and
   * might put an older catalog in the place of a newer one: as the last crawl left them, where an
   * implementation cannot look itself.
   *
   * @throws DeadlineException if the deadline passes first
   * @throws RefreshException if they cannot be read
   */
  default Catalog look(Attempt attempt) {
    return last(attempt);
  }

  @Override
  default void close() {}
}
