package io.crescendo.refresh;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a run ended. */
public enum Outcome {
  /** Every step was done; the dashboard shows this run if that was one of them. */
  @JsonProperty("succeeded")
  SUCCEEDED(0),
  /** No catalog, so no query was run. Also when the store did not answer before the crawl. */
  @JsonProperty("crawl_failed")
  CRAWL_FAILED(3),
  /** A query failed; the dashboard still shows the run before. */
  @JsonProperty("query_failed")
  QUERY_FAILED(4),
  /** The dashboard or the record of the run could not be written. */
  @JsonProperty("dashboard_failed")
  DASHBOARD_FAILED(5),
  /** The run took longer than it may. */
  @JsonProperty("deadline_exceeded")
  DEADLINE_EXCEEDED(6),
  /** The data are not as the thresholds demand; the dashboard still shows the run before. */
  @JsonProperty("checks_failed")
  CHECKS_FAILED(7),
  /** Another run holds the lease; this one did nothing. */
  @JsonProperty("lease_held")
  LEASE_HELD(75);

  private final int exitCode;

  Outcome(int exitCode) {
    this.exitCode = exitCode;
  }

  /** Exit code of a program whose run ended so. */
  public int exitCode() {
    return exitCode;
  }
}
