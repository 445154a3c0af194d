package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyTest {

  private static final Catalog EMPTY = new Catalog(Instant.EPOCH, List.of());
  private ScriptedAws aws;

  @BeforeEach
  void start() {
    aws = new ScriptedAws();
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private Attempt attempt() {
    return new Attempt("run-1", Deadline.in(Duration.ofMinutes(5), aws.clock));
  }

  /** Every request that the three services can be sent. */
  private void useEverything() {
    RefreshSettings settings = RefreshSettings.defaults(Path.of("work"));
    Poller poller = ScriptedAws.poller();
    try (GlueCrawler crawler =
            new GlueCrawler(
                aws.clients().glue(), aws.settings(), settings, poller, Clock.systemUTC());
        AthenaQueryEngine engine =
            new AthenaQueryEngine(aws.clients().athena(), aws.settings(), poller);
        QuickSightDashboard dashboard =
            new QuickSightDashboard(aws.clients().quickSight(), aws.settings("a"), poller)) {
      crawler.crawl(attempt());
      aws.glue.crawler.put("Configuration", "{}");
      crawler.crawl(attempt());
      engine.query(EMPTY, Query.typed("SELECT 1", 0), attempt());
      aws.dayPassesAfter("athena:GetQueryExecution");
      assertThatThrownBy(
              () -> engine.query(EMPTY, Query.typed(QueryEngineContract.ENDLESS, 0), attempt()))
          .isInstanceOf(DeadlineException.class);
      aws.quickSight.outcome = "RUNNING";
      aws.dayPassesAfter("quicksight:DescribeIngestion");
      assertThatThrownBy(() -> dashboard.refresh(attempt(), EMPTY, List.of()))
          .isInstanceOf(DeadlineException.class);
    }
  }

  @Test
  void allowsExactlyTheCallsThatAreMade() throws Exception {
    useEverything();

    assertThat(aws.actions()).isEqualTo(Policy.read("refresh-job").calls());
  }
}
