package io.crescendo.refresh;

import java.util.List;

/** What people look at. */
public interface Dashboard extends AutoCloseable {

  /**
   * Brings the dashboard to the state of this run and waits until its viewers can see it. All of it
   * changes, or nothing does.
   *
   * @param attempt run that asks, and how long it may take; the run's id names the refresh
   * @param catalog what the crawl of this run found
   * @param answers every query of the run, in order, with its rows; that of step {@code check}
   *     first
   * @return rows that the dashboard refused, by data set; empty if it took all of them
   * @throws DeadlineException if the deadline passes first
   * @throws RefreshException if the refresh fails; the message carries the service's reason
   */
  List<RunRecord.Dropped> refresh(Attempt attempt, Catalog catalog, List<Answer> answers);

  @Override
  default void close() {}

  /**
   * A query and what it gave.
   *
   * @param query the question
   * @param result its rows
   */
  record Answer(Query query, QueryResult result) {}
}
