package io.crescendo.refresh;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The three ports, which note what they are asked and fail where they are told. */
final class TestServices implements Crawler, QueryEngine, Dashboard {

  final List<String> done = new ArrayList<>();
  final List<Attempt> attempts = new ArrayList<>();
  String failing = "";
  int failures = Integer.MAX_VALUE;
  RuntimeException failure = new RefreshException("because");
  Runnable during = () -> {};

  /** What the engine counts in table artists, and when the newest came in. */
  long artists = 7;

  long recent = 3;
  long rejects = 1;
  Instant newest;
  private final Clock clock;

  TestServices(Clock clock) {
    this.clock = clock;
    this.newest = clock.instant().minusSeconds(90);
  }

  private void step(String name, Attempt attempt) {
    done.add(name);
    attempts.add(attempt);
    during.run();
    if (name.equals(failing) && failures-- > 0) {
      throw failure;
    }
  }

  RefreshJob.Services all() {
    return new RefreshJob.Services(this, this, this);
  }

  @Override
  public Catalog crawl(Attempt attempt) {
    step("crawl", attempt);
    attempt.deadline().check("The crawl had");
    return catalog();
  }

  @Override
  public Catalog last(Attempt attempt) {
    step("last", attempt);
    return catalog();
  }

  private Catalog catalog() {
    Catalog.Table table = new Catalog.Table("artists", "", List.of(), List.of(), List.of(), 7, 70);
    return new Catalog(clock.instant(), List.of(table));
  }

  @Override
  public QueryResult query(Catalog catalog, Query query, Attempt attempt) {
    step("query " + query.name(), attempt);
    if (!query.name().equals("landed")) {
      return new QueryResult(List.of(), List.of(), true);
    }
    Map<String, List<Object>> rows = new HashMap<>();
    rows.put("artists", row("artists", artists, recent, newest));
    rows.put("artist_rejects", row("artist_rejects", rejects, rejects, newest));
    rows.put("genre_followers", row("genre_followers", 0, 0, null));
    return new QueryResult(
        List.of(
            new Column("table_name", "varchar"),
            new Column("landed", "bigint"),
            new Column("recent", "bigint"),
            new Column("newest", "timestamp(3)")),
        List.copyOf(rows.values()),
        true);
  }

  private static List<Object> row(String table, long rows, long recent, Instant newest) {
    List<Object> row = new ArrayList<>(List.of(table, rows, recent));
    row.add(newest);
    return row;
  }

  @Override
  public List<RunRecord.Dropped> refresh(Attempt attempt, Catalog catalog, List<Answer> answers) {
    step("dashboard of " + answers.size(), attempt);
    return List.of(new RunRecord.Dropped("artists", 10, 2));
  }

  @Override
  public void close() {
    done.add("close");
  }
}
