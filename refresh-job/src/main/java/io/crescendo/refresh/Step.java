package io.crescendo.refresh;

/** A step of a run, in their order. */
public enum Step {
  /** Finds the tables. */
  crawl,
  /** Looks at how fresh and how complete they are. */
  check,
  /** Answers the queries. */
  query,
  /** Shows the answers. */
  dashboard
}
