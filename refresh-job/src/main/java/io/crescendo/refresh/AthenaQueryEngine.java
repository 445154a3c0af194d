package io.crescendo.refresh;

import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;
import software.amazon.awssdk.services.athena.model.ResultConfiguration;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;

/**
 * Answers queries with Athena, in a workgroup.
 *
 * <p>The request token of a query follows from the run and the query, so a request that is sent
 * again starts nothing twice. What Athena itself calls worth another try is tried again, under a
 * new token. Results of earlier queries are not reused: they may be older than the crawl.
 *
 * <p>Thread-safe.
 */
final class AthenaQueryEngine implements QueryEngine {

  private static final Logger LOG = LoggerFactory.getLogger(AthenaQueryEngine.class);
  private static final int TRIES = 3;
  private static final Duration TO_CANCEL = Duration.ofSeconds(5);
  private static final Set<QueryExecutionState> ENDED =
      Set.of(
          QueryExecutionState.SUCCEEDED, QueryExecutionState.FAILED, QueryExecutionState.CANCELLED);

  private final AthenaClient athena;
  private final AwsSettings settings;
  private final Poller poller;

  /**
   * An engine in the settings' workgroup.
   *
   * @param athena closed with this
   */
  AthenaQueryEngine(AthenaClient athena, AwsSettings settings, Poller poller) {
    this.athena = athena;
    this.settings = settings;
    this.poller = poller;
  }

  @Override
  public QueryResult query(Catalog catalog, Query query, Attempt attempt) {
    attempt.deadline().check("Query '%s' had".formatted(query.name()));
    String sql = new AthenaSql(settings.database(), catalog).of(query);
    try {
      for (int number = 1; ; number++) {
        String id = start(sql, query, attempt, number);
        QueryExecutionStatus end = await(id, query, attempt);
        if (end.state() == QueryExecutionState.SUCCEEDED) {
          return new AthenaPages(athena, id).read(query.maxRows(), attempt.deadline());
        }
        if (number == TRIES || !worthAnotherTry(end)) {
          throw failure(query, id, end);
        }
        LOG.warn("Query '{}' failed: {}; trying again", query.name(), end.stateChangeReason());
      }
    } catch (InvalidRequestException e) {
      throw new QueryException("Query '%s' failed: %s".formatted(query.name(), Reason.of(e)), e);
    } catch (ApiCallTimeoutException e) {
      throw new DeadlineException(
          "Athena gave no answer about query '%s' in %s; the run stops here"
              .formatted(query.name(), attempt.deadline().time()),
          e);
    } catch (SdkException e) {
      throw new RefreshException(
          "Query '%s' could not be run in workgroup '%s': %s"
              .formatted(query.name(), settings.workgroup(), Reason.of(e)),
          e);
    }
  }

  private String start(String sql, Query query, Attempt attempt, int number) {
    StartQueryExecutionRequest.Builder request =
        StartQueryExecutionRequest.builder()
            .queryString(sql)
            .clientRequestToken(token(attempt.name(), query.name(), sql, number))
            .workGroup(settings.workgroup())
            .queryExecutionContext(c -> c.database(settings.database()))
            .resultReuseConfiguration(r -> r.resultReuseByAgeConfiguration(a -> a.enabled(false)))
            .overrideConfiguration(AwsClients.within(attempt.deadline()));
    if (!settings.output().isEmpty()) {
      request.resultConfiguration(
          ResultConfiguration.builder().outputLocation(settings.output()).build());
    }
    try {
      return athena.startQueryExecution(request.build()).queryExecutionId();
    } catch (ApiCallTimeoutException e) {
      cancelUnanswered(request, query);
      throw e;
    }
  }

  /** A query that Athena may have started without our hearing so: its token gives its id again. */
  private void cancelUnanswered(StartQueryExecutionRequest.Builder request, Query query) {
    request.overrideConfiguration(c -> c.apiCallTimeout(TO_CANCEL));
    try {
      cancel(athena.startQueryExecution(request.build()).queryExecutionId(), query);
    } catch (SdkException e) {
      LOG.warn(
          "Query '{}' may have been started and run on, for Athena gave no answer: {}",
          query.name(),
          Reason.of(e));
    }
  }

  /** 64 characters; Athena asks for 32 to 128. */
  static String token(String run, String query, String sql, int number) {
    return Sha256.hex(String.join("\n", run, query, Integer.toString(number), sql));
  }

  private QueryExecutionStatus await(String id, Query query, Attempt attempt) {
    try {
      return poller.until(
          attempt.deadline(),
          () -> status(id, attempt.deadline()),
          s -> ENDED.contains(s.state()),
          s -> "Query '%s' (%s, now cancelled) had".formatted(query.name(), s.stateAsString()));
    } catch (DeadlineException | ApiCallTimeoutException e) {
      cancel(id, query);
      throw e;
    }
  }

  private QueryExecutionStatus status(String id, Deadline deadline) {
    return athena
        .getQueryExecution(
            b -> b.queryExecutionId(id).overrideConfiguration(AwsClients.within(deadline)))
        .queryExecution()
        .status();
  }

  private void cancel(String id, Query query) {
    try {
      athena.stopQueryExecution(
          b -> b.queryExecutionId(id).overrideConfiguration(c -> c.apiCallTimeout(TO_CANCEL)));
    } catch (SdkException e) {
      LOG.warn(
          "Query '{}' ({}) could not be cancelled and may run on: {}",
          query.name(),
          id,
          Reason.of(e));
    }
  }

  private static boolean worthAnotherTry(QueryExecutionStatus end) {
    return end.state() == QueryExecutionState.FAILED
        && end.athenaError() != null
        && Boolean.TRUE.equals(end.athenaError().retryable());
  }

  private static QueryException failure(Query query, String id, QueryExecutionStatus end) {
    String reason =
        end.stateChangeReason() == null ? "Athena gives no reason" : end.stateChangeReason();
    return new QueryException(
        "Query '%s' %s: %s (query execution %s)"
            .formatted(
                query.name(),
                end.state() == QueryExecutionState.FAILED ? "failed" : "was cancelled",
                reason,
                id),
        null);
  }

  @Override
  public void close() {
    athena.close();
  }
}
