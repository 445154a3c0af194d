package io.crescendo.refresh;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page asks for, read from the results bucket and kept for a moment, so that many viewers
 * cost no more than one.
 */
final class DashboardDocuments {

  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final int KEPT = 64;
  private static final int RUNS_SHOWN = 20;

  private final ResultsBucket results;
  private final RunHistory history;
  private final Clock clock;
  private final Map<String, PageDocument> documents =
      Collections.synchronizedMap(
          new LinkedHashMap<>(KEPT, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, PageDocument> eldest) {
              return size() > KEPT;
            }
          });
  private Status status;

  DashboardDocuments(ResultsBucket results, RunHistory history, Clock clock) {
    this.results = results;
    this.history = history;
    this.clock = clock;
  }

  /**
   * State of the dashboard.
   *
   * @param dashboard run to show; null before the first one that succeeded
   * @param runs the latest runs, newest first
   * @param readAt when this was read
   */
  record Status(JsonDashboard.Index dashboard, List<RunRecord> runs, Instant readAt) {}

  synchronized Status status() {
    Instant now = clock.instant();
    if (status == null || status.readAt().plus(FRESH).isBefore(now)) {
      status = new Status(shown(), history.latest(RUNS_SHOWN), now);
    }
    return status;
  }

  /** An index never changes, so it is read once. */
  private JsonDashboard.Index shown() {
    Optional<String> run = JsonDashboard.shown(results);
    JsonDashboard.Index known = status == null ? null : status.dashboard();
    if (known != null && run.equals(Optional.of(known.run()))) {
      return known;
    }
    return run.flatMap(r -> results.read(JsonDashboard.indexKey(r), JsonDashboard.Index.class))
        .orElse(null);
  }

  /** Rows of a query in a run; they never change. */
  Optional<PageDocument> document(String run, String query) {
    String key = JsonDashboard.key(run, query);
    PageDocument known = documents.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<PageDocument> read =
        results.read(key, JsonDashboard.Document.class).map(PageDocument::of);
    read.ifPresent(document -> documents.put(key, document));
    return read;
  }

  /** Whether this is the run to show at the moment. */
  boolean isShown(String run) {
    JsonDashboard.Index index = status().dashboard();
    return index != null && index.run().equals(run);
  }

  /** The tables that a run saw; empty where they are not noted. */
  Optional<Catalog> catalog(String run) {
    return results.read(JsonDashboard.catalogKey(run), Catalog.class);
  }
}
