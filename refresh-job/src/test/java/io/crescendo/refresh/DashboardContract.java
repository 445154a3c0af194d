package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Dashboard} does, whoever draws it. */
interface DashboardContract {

  /** The dashboard under test. */
  Dashboard dashboard();

  /** Run that its viewers see now. */
  Optional<String> shownRun();

  /** Makes the next refresh fail; gives a part of the reason that the message must repeat. */
  String givenFailure();

  /** A refresh with one query and one row. */
  private void refresh(String run, Duration time) {
    Query query = Query.typed("SELECT 1 AS n", 0);
    QueryResult result =
        new QueryResult(List.of(new Column("n", "bigint")), List.of(List.of(1L)), true);
    dashboard()
        .refresh(
            new Attempt(run, Deadline.in(time, Clock.systemUTC())),
            new Catalog(Instant.EPOCH, List.of()),
            List.of(new Dashboard.Answer(query, result)));
  }

  @Test
  default void showsTheRunThatRefreshedItLast() {
    assertThat(shownRun()).isEmpty();
    refresh("run-1", Duration.ofMinutes(1));
    assertThat(shownRun()).contains("run-1");
    refresh("run-2", Duration.ofMinutes(1));
    assertThat(shownRun()).contains("run-2");
  }

  @Test
  default void saysWhyARefreshFailed() {
    String reason = givenFailure();

    assertThatThrownBy(() -> refresh("run-1", Duration.ofMinutes(1)))
        .isInstanceOf(RefreshException.class)
        .hasMessageContaining(reason);
  }

  @Test
  default void keepsTheRunBeforeWhenTheDeadlinePasses() {
    refresh("run-1", Duration.ofMinutes(1));

    assertThatThrownBy(() -> refresh("run-2", Duration.ZERO)).isInstanceOf(DeadlineException.class);
    assertThat(shownRun()).contains("run-1");
  }
}
