package io.crescendo.refresh;

import java.util.List;

/**
 * Answers SQL on the tables and {@link Views views} of the warehouse.
 *
 * <p>The tables that the pipeline lands are there even before their first file, empty and with
 * their columns, so that every query runs from the first minute.
 */
public interface QueryEngine extends AutoCloseable {

  /**
   * Runs one query and waits for the result. The same query in the same run is the same request: an
   * implementation may use both names as its idempotency token.
   *
   * @param catalog what the crawl of this run found
   * @param query question to answer
   * @param attempt run that asks, and how long it may take; a query that is cut off is cancelled
   * @return typed rows
   * @throws DeadlineException if the deadline passes first
   * @throws QueryException if the SQL is refused or fails; the message carries the engine's reason
   * @throws RefreshException if the engine cannot read the tables
   */
  QueryResult query(Catalog catalog, Query query, Attempt attempt);

  @Override
  default void close() {}

  /** An engine that also takes values for parameters, which its SQL marks with {@code ?}. */
  interface WithValues extends QueryEngine {

    /**
     * As {@link #query(Catalog, Query, Attempt)}.
     *
     * @param values value of each {@code ?} in order: a String or a Long
     */
    QueryResult query(Catalog catalog, Query query, List<Object> values, Attempt attempt);
  }
}
