package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AthenaQueryEngineTest implements QueryEngineContract {

  private static final Catalog EMPTY = new Catalog(Instant.EPOCH, List.of());

  private ScriptedAws aws;
  private AthenaQueryEngine engine;

  @BeforeEach
  void start() {
    aws = new ScriptedAws();
    engine = new AthenaQueryEngine(aws.clients().athena(), aws.settings(), ScriptedAws.poller());
  }

  @AfterEach
  void stop() {
    engine.close();
    aws.close();
  }

  @Override
  public QueryEngine engine() {
    return engine;
  }

  private QueryResult ask(String sql, int maxRows) {
    return engine.query(
        EMPTY,
        Query.typed(sql, maxRows),
        new Attempt("run-1", Deadline.in(Duration.ofSeconds(30), Clock.systemUTC())));
  }

  @Test
  void readsEveryPageAndTheHeaderOnce() {
    aws.athena.pageRows = 7;

    QueryResult result = ask("SELECT CAST(range AS bigint) AS n FROM range(50)", 0);

    assertThat(result.rows())
        .isEqualTo(LongStream.range(0, 50).mapToObj(n -> List.<Object>of(n)).toList());
    assertThat(aws.calls("athena:GetQueryResults")).hasSize(8);
  }

  @Test
  void stopsReadingPagesAtTheRowLimit() {
    aws.athena.pageRows = 7;

    QueryResult result = ask("SELECT range AS n FROM range(50)", 10);

    assertThat(result.rows()).hasSize(10);
    assertThat(result.complete()).isFalse();
    assertThat(aws.calls("athena:GetQueryResults")).hasSize(2);
  }

  @Test
  void namesWorkgroupDatabaseAndOutputAndReusesNoOlderResult() {
    ask("SELECT 1 AS n", 0);

    var body = aws.calls("athena:StartQueryExecution").get(0).body();
    assertThat(body.get("WorkGroup").asText()).isEqualTo("primary");
    assertThat(body.at("/QueryExecutionContext/Database").asText()).isEqualTo("crescendo");
    assertThat(body.at("/ResultConfiguration/OutputLocation").asText())
        .isEqualTo("s3://results/athena/");
    assertThat(
            body.at("/ResultReuseConfiguration/ResultReuseByAgeConfiguration/Enabled")
                .asBoolean(true))
        .isFalse();
  }

  @Test
  void sendsTheSameTokenForTheSameQueryOfARunOnly() {
    ask("SELECT 1 AS n", 0);
    ask("SELECT 1 AS n", 0);
    assertThat(aws.athena.executions()).isEqualTo(1);

    ask("SELECT 2 AS n", 0);
    assertThat(aws.athena.executions()).isEqualTo(2);

    assertThat(AthenaQueryEngine.token("run-1", "a", "SELECT 1", 1))
        .hasSizeBetween(32, 128)
        .isNotEqualTo(AthenaQueryEngine.token("run-2", "a", "SELECT 1", 1))
        .isNotEqualTo(AthenaQueryEngine.token("run-1", "b", "SELECT 1", 1))
        .isNotEqualTo(AthenaQueryEngine.token("run-1", "a", "SELECT 1", 2));
  }

  @Test
  void startsNothingTwiceWhenTheAnswerToAStartIsLost() {
    aws.refuse("athena:StartQueryExecution", 2, 500, "InternalServerException", "lost");

    assertThat(ask("SELECT 1 AS n", 0).rows()).hasSize(1);

    assertThat(
            aws.calls("athena:StartQueryExecution").stream()
                .map(c -> c.body().get("ClientRequestToken").asText())
                .distinct())
        .hasSize(1);
  }

  @Test
  void triesAgainWhatAthenaCallsRetryable() {
    aws.athena.ends.add(
        Map.of(
            "State", "FAILED",
            "StateChangeReason", "Resources exhausted",
            "AthenaError", Map.of("Retryable", true)));

    assertThat(ask("SELECT 1 AS n", 0).rows()).hasSize(1);
    assertThat(aws.athena.executions()).isEqualTo(2);
  }

  @Test
  void saysWhyAQueryFailedOrWasCancelled() {
    aws.athena.ends.add(Map.of("State", "FAILED", "StateChangeReason", "HIVE_BAD_DATA: broken"));
    aws.athena.ends.add(Map.of("State", "CANCELLED", "StateChangeReason", "Bytes scanned limit"));

    assertThatThrownBy(() -> ask("SELECT 1 AS n", 0))
        .isInstanceOf(QueryException.class)
        .hasMessage("Query 'typed' failed: HIVE_BAD_DATA: broken (query execution execution-0)");
    assertThatThrownBy(() -> ask("SELECT 2 AS n", 0))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("Query 'typed' was cancelled: Bytes scanned limit");
  }

  @Test
  void stopsTheQueryAtTheDeadline() {
    aws.dayPassesAfter("athena:GetQueryExecution");

    assertThatThrownBy(
            () ->
                engine.query(
                    EMPTY,
                    Query.typed(ENDLESS, 0),
                    new Attempt("run-1", Deadline.in(Duration.ofMinutes(5), aws.clock))))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("Query 'typed' (QUEUED, now cancelled) had");
    assertThat(aws.calls("athena:StopQueryExecution")).hasSize(1);
  }

  @Test
  void stopsAQueryWhoseStartWasNotAnsweredInTime() {
    aws.holdNext("athena:StartQueryExecution");

    assertThatThrownBy(
            () ->
                engine.query(
                    EMPTY,
                    Query.typed(ENDLESS, 0),
                    new Attempt("run-1", Deadline.in(Duration.ofSeconds(1), aws.clock))))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("Athena gave no answer about query 'typed'");
    assertThat(aws.calls("athena:StopQueryExecution")).hasSize(1);
    assertThat(aws.athena.executions()).isEqualTo(1);
  }

  @Test
  void triesAgainWhenAthenaThrottles() {
    aws.refuse("athena:StartQueryExecution", 2, 400, "TooManyRequestsException", "slow down");
    aws.refuse("athena:GetQueryResults", 2, 400, "ThrottlingException", "slow down");

    assertThat(ask("SELECT 1 AS n", 0).rows()).hasSize(1);
  }

  @Test
  void saysWhatAthenaRefused() {
    aws.refuse(
        "athena:StartQueryExecution", 1, 400, "InvalidRequestException", "line 1:8: mismatched");
    assertThatThrownBy(() -> ask("SELECT FROM", 0))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("line 1:8: mismatched");

    aws.refuse("athena:StartQueryExecution", 1, 400, "AccessDeniedException", "not authorized");
    assertThatThrownBy(() -> ask("SELECT 1", 0))
        .isInstanceOf(RefreshException.class)
        .isNotInstanceOf(QueryException.class)
        .hasMessageContaining("workgroup 'primary'")
        .hasMessageContaining("AccessDeniedException: not authorized");
  }

  @Test
  void saysThatCredentialsHaveExpired() {
    aws.refuse(
        "athena:StartQueryExecution", 9, 400, "ExpiredTokenException", "The token is expired");
    assertThatThrownBy(() -> ask("SELECT 1 AS n", 0))
        .isInstanceOf(RefreshException.class)
        .isNotInstanceOf(QueryException.class)
        .hasMessageContaining("The AWS credentials have expired: ExpiredTokenException");
  }

  @Test
  void saysThatCredentialsHaveExpiredWhileItWaited() {
    aws.refuse("athena:GetQueryExecution", 9, 400, "ExpiredTokenException", "The token is expired");
    assertThatThrownBy(() -> ask("SELECT 1 AS n", 0))
        .isInstanceOf(RefreshException.class)
        .isNotInstanceOf(QueryException.class)
        .hasMessageContaining("The AWS credentials have expired: ExpiredTokenException");
  }

  @Test
  void sendsNothingThatIsNotAQuery() {
    for (String sql : List.of("DROP TABLE artists", "-- SELECT\nINSERT INTO artists SELECT 1")) {
      assertThatThrownBy(() -> ask(sql, 0))
          .isInstanceOf(QueryException.class)
          .hasMessageContaining("must be a SELECT");
    }
    assertThat(aws.calls("athena:StartQueryExecution")).isEmpty();
  }

  @Test
  void answersEveryBundledQueryBeforeTheFirstFile() {
    for (Query query : Queries.bundled()) {
      QueryResult result =
          engine.query(
              EMPTY,
              query,
              new Attempt("run-1", Deadline.in(Duration.ofSeconds(30), Clock.systemUTC())));
      assertThat(result.columns()).as(query.name()).isNotEmpty();
    }
  }

  @Test
  void putsTheViewsInFrontOfAStatementThatNeedsThem() {
    Catalog.Table artists =
        new Catalog.Table(
            "artists",
            "s3://warehouse/tables/artists/",
            List.of(new Column("id", "varchar")),
            List.of("dt"),
            List.of(),
            1,
            1);
    AthenaSql some = new AthenaSql("crescendo", new Catalog(Instant.EPOCH, List.of(artists)));

    assertThat(some.of(Query.typed("/* all */ WITH x AS (SELECT id FROM artists) TABLE x", 0)))
        .startsWith("WITH \"artists\" AS (")
        .contains("FROM \"crescendo\".\"artists\" AS t")
        .contains("CAST(NULL AS array(varchar)) AS \"genres\"")
        .endsWith("x AS (SELECT id FROM artists) TABLE x");
    assertThat(some.of(Query.typed("SELECT 1", 0))).isEqualTo("SELECT 1");
  }
}
