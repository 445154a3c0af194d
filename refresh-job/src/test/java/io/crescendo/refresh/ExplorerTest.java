package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplorerTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path directory;
  private TestStore store;
  private DashboardDocuments documents;

  @BeforeEach
  void start() {
    store = new TestStore(directory);
    ResultsBucket results = new ResultsBucket(store.client(), "results");
    results.put(
        JsonDashboard.catalogKey("run-1"), Json.text(new Catalog(Instant.EPOCH, List.of())));
    documents =
        new DashboardDocuments(
            results, new RunHistory(store.client(), store.settings()), Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    store.close();
  }

  /** An engine that answers when it is let, and counts. */
  private static final class Slow implements QueryEngine.WithValues {
    final CountDownLatch let = new CountDownLatch(1);
    final AtomicInteger asked = new AtomicInteger();
    volatile boolean fails;

    @Override
    public QueryResult query(Catalog catalog, Query query, List<Object> values, Attempt attempt) {
      asked.incrementAndGet();
      try {
        if (!let.await(30, TimeUnit.SECONDS)) {
          throw new IllegalStateException("Nobody let it answer");
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (fails) {
        throw new QueryException("broken", null);
      }
      return new QueryResult(List.of(new Column("n", "bigint")), List.of(List.of(1L)), true);
    }

    @Override
    public QueryResult query(Catalog catalog, Query query, Attempt attempt) {
      return query(catalog, query, List.of(), attempt);
    }
  }

  private static Question question(String artist) {
    return new Question(Query.typed("SELECT :artist", 0), Map.of("artist", artist));
  }

  private Explorer explorer(Slow engine, Duration wait) {
    return new Explorer(documents, engine, MINUTE, wait, Clock.systemUTC());
  }

  @Test
  void letsAViewerAskAgainAndFindTheAnswerThatWasWorkedOutMeanwhile() {
    Slow engine = new Slow();
    try (Explorer explorer = explorer(engine, Duration.ofMillis(20))) {
      assertThatThrownBy(() -> explorer.ask("run-1", question("a")))
          .isInstanceOf(Explorer.Busy.class)
          .hasMessageContaining("still being worked out; ask again");
      engine.let.countDown();
      PageDocument answer = null;
      long until = System.nanoTime() + MINUTE.toNanos();
      while (answer == null && System.nanoTime() < until) {
        try {
          answer = explorer.ask("run-1", question("a"));
        } catch (Explorer.Busy e) {
          // as a page does
        }
      }
      assertThat(answer).isNotNull();
      assertThat(engine.asked).hasValue(1);
    }
  }

  @Test
  void refusesWhatWouldWaitTooLong() {
    Slow engine = new Slow();
    try (Explorer explorer = explorer(engine, Duration.ofMillis(1))) {
      for (int i = 0; i < 40; i++) {
        String artist = "a" + i;
        assertThatThrownBy(() -> explorer.ask("run-1", question(artist)))
            .isInstanceOf(Explorer.Busy.class);
      }
      assertThatThrownBy(() -> explorer.ask("run-1", question("one more")))
          .hasMessageContaining("32 questions are waiting already");
      engine.let.countDown();
    }
  }

  @Test
  void triesAgainAfterAFailure() {
    Slow engine = new Slow();
    engine.let.countDown();
    engine.fails = true;
    try (Explorer explorer = explorer(engine, MINUTE)) {
      assertThatThrownBy(() -> explorer.ask("run-1", question("a")))
          .isInstanceOf(QueryException.class)
          .hasMessage("broken");
      engine.fails = false;
      assertThat(explorer.ask("run-1", question("a")).rows()).containsExactly(List.of(1L));
    }
  }
}
