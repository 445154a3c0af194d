package io.crescendo.refresh;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what viewers ask beyond the queries of the run, on the very tables that the run saw. One
 * question runs at a time; the same question is worked out once for all who ask it; those that wait
 * longer than a moment are told to ask again, and find the answer then.
 *
 * <p>Thread-safe.
 */
final class Explorer implements AutoCloseable {

  /** Rows after which an answer is cut. */
  static final int MOST_ROWS = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Explorer.class);
  private static final int MOST_WAITING = 32;
  private static final int KEPT = 64;

  /** How long a viewer is kept waiting before it has to ask again. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final DashboardDocuments documents;
  private final QueryEngine.WithValues engine;
  private final Duration allowed;
  private final Duration longestWait;
  private final Clock clock;
  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          task -> {
            Thread thread = new Thread(task, "explorer");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<Asked, CompletableFuture<PageDocument>> answers =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(
            Map.Entry<Asked, CompletableFuture<PageDocument>> eldest) {
          return size() > KEPT;
        }
      };

  private String catalogRun = "";
  private Catalog catalog;

  /**
   * An explorer.
   *
   * @param documents where the tables of a run are noted
   * @param engine answers; closed with this
   * @param allowed how long one answer may take, with the preparation of the tables
   * @param longestWait how long a viewer is kept waiting before it has to ask again
   */
  Explorer(
      DashboardDocuments documents,
      QueryEngine.WithValues engine,
      Duration allowed,
      Duration longestWait,
      Clock clock) {
    this.documents = documents;
    this.engine = engine;
    this.allowed = allowed;
    this.longestWait = longestWait;
    this.clock = clock;
  }

  private record Asked(String run, String query, Map<String, Object> values) {}

  /** It is still being worked out, or too much is waiting; asking again later is right. */
  static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1;

    Busy(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Answers a question.
   *
   * @param run run whose tables are asked; its catalog must still be there
   * @throws Busy if the answer takes longer than a viewer should be kept waiting
   * @throws RefreshException if it cannot be answered
   */
  PageDocument ask(String run, Question question) {
    CompletableFuture<PageDocument> answer = answer(run, question);
    try {
      return answer.get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Busy(
          "'%s' is still being worked out; ask again".formatted(question.query().title()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Busy("The server is stopping", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RefreshException failure
          ? failure
          : new CompletionException(e.getCause());
    }
  }

  private CompletableFuture<PageDocument> answer(String run, Question question) {
    Asked asked = new Asked(run, question.query().name(), question.values());
    synchronized (answers) {
      CompletableFuture<PageDocument> known = answers.get(asked);
      if (known != null) {
        return known;
      }
      CompletableFuture<PageDocument> promised;
      try {
        promised = CompletableFuture.supplyAsync(() -> workOut(run, question), worker);
      } catch (RejectedExecutionException e) {
        throw new Busy("%s questions are waiting already; ask again".formatted(MOST_WAITING), e);
      }
      answers.put(asked, promised);
      // a failure may be over the next time
      promised.whenComplete(
          (answer, failure) -> {
            if (failure != null) {
              forget(asked);
            }
          });
      return promised;
    }
  }

  private void forget(Asked asked) {
    synchronized (answers) {
      answers.remove(asked);
    }
  }

  private PageDocument workOut(String run, Question question) {
    Catalog catalog = catalog(run);
    long from = System.nanoTime();
    Attempt attempt = new Attempt(run, Deadline.in(allowed, clock));
    QueryResult result = engine.query(catalog, question.positional(), question.inOrder(), attempt);
    double seconds = (System.nanoTime() - from) / 1e9;
    LOG.debug("Query '{}' {} took {} s", question.query().name(), question.values(), seconds);
    return PageDocument.of(run, question, result, seconds);
  }

  /** Called by the worker only. */
  private Catalog catalog(String run) {
    if (!run.equals(catalogRun)) {
      catalog =
          documents
              .catalog(run)
              .orElseThrow(
                  () ->
                      new RefreshException(
                          "The tables of run '%s' are not noted: a newer run replaced it, or it ran on services that do not list files; only what the run asked can be shown"
                              .formatted(run)));
      catalogRun = run;
    }
    return catalog;
  }

  @Override
  public void close() {
    worker.shutdownNow();
    engine.close();
  }
}
