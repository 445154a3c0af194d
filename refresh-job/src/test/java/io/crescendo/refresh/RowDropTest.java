package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowDropTest {

  // more than what is looked through for the last success
  private static final int MANY = 101;

  @TempDir private Path directory;
  private final TestClock clock = new TestClock();
  private final TestServices services = new TestServices(clock);
  private TestStore store;

  @BeforeEach
  void start() {
    store = new TestStore(directory);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private RunRecord run(Double maxRowDrop) {
    clock.advance(Duration.ofMinutes(5));
    RunPlan plan =
        new RunPlan(
            EnumSet.allOf(Step.class), Map.of(), Map.of(), new Thresholds(null, null, maxRowDrop));
    return new RefreshJob(store.client(), store.settings(), services.all(), List.of(), plan, clock)
        .run();
  }

  @Test
  void acceptsNoLossHoweverManyRunsFailed() {
    services.artists = 100;
    assertThat(run(0.1).exitCode()).isZero();
    services.artists = 1;
    RunHistory history = new RunHistory(new ResultsBucket(store.client(), "results"), clock);
    for (int i = 0; i < MANY; i++) {
      clock.advance(Duration.ofMinutes(5));
      history.write(
          new RunLog("test", clock)
              .end(i % 2 == 0 ? Outcome.CRAWL_FAILED : Outcome.CHECKS_FAILED, "step", "because"));
    }

    assertThat(run(0.1).failure().reason())
        .contains("Table 'artists' has 1 rows after 100, a drop of 0.99; 0.1 is allowed");
    assertThat(run(null).exitCode()).as("once without the threshold").isZero();
    assertThat(run(0.1).exitCode()).isZero();
  }

  @Test
  void comparesWithTheRowsOfNoRunThatFailedLater() {
    services.artists = 100;
    assertThat(run(0.1).exitCode()).isZero();
    services.artists = 95;
    services.failing = "dashboard of 1";
    assertThat(run(0.1).outcome()).isEqualTo(Outcome.DASHBOARD_FAILED);
    services.failing = "";
    services.artists = 89;

    assertThat(run(0.1).failure().reason()).contains("89 rows after 100");
  }
}
