package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuickSightDashboardTest implements DashboardContract {

  private ScriptedAws aws;
  private QuickSightDashboard dashboard;

  @BeforeEach
  void start() {
    aws = new ScriptedAws();
    dashboard =
        new QuickSightDashboard(
            aws.clients().quickSight(), aws.settings("artists", "genres"), ScriptedAws.poller());
  }

  @AfterEach
  void stop() {
    dashboard.close();
    aws.close();
  }

  @Override
  public Dashboard dashboard() {
    return dashboard;
  }

  @Override
  public Optional<String> shownRun() {
    return aws.quickSight.shown();
  }

  @Override
  public String givenFailure() {
    aws.quickSight.outcome = "FAILED";
    aws.quickSight.error = Map.of("Type", "DATA_SOURCE_CONNECTION_FAILED", "Message", "no Athena");
    return "DATA_SOURCE_CONNECTION_FAILED: no Athena";
  }

  private List<RunRecord.Dropped> refresh(Clock clock) {
    return dashboard.refresh(
        new Attempt("run-1", Deadline.in(Duration.ofMinutes(5), clock)),
        new Catalog(Instant.EPOCH, List.of()),
        List.of());
  }

  private void refresh() {
    refresh(Clock.systemUTC());
  }

  @Test
  void startsAnIngestionOfEachDataSetNamedByTheRun() {
    refresh();

    assertThat(aws.quickSight.looks).containsOnlyKeys("artists/run-1", "genres/run-1");
    assertThat(aws.calls("quicksight:CancelIngestion")).isEmpty();
  }

  @Test
  void waitsForTheIngestionThatIsThereAlready() {
    refresh();

    assertThatCode(this::refresh).doesNotThrowAnyException();
    assertThat(aws.quickSight.looks).hasSize(2);
  }

  @Test
  void tellsAUsedUpQuotaFromOtherFailures() {
    aws.refuse("quicksight:CreateIngestion", 1, 409, "LimitExceededException", "too many");

    assertThatThrownBy(this::refresh)
        .isInstanceOf(RefreshException.class)
        .hasMessageContaining("takes no further refresh of data set 'artists' today")
        .hasMessageContaining("32 in 24 hours on Enterprise edition, 8 on Standard");
  }

  @Test
  void saysThatAnIngestionWasCancelled() {
    aws.quickSight.outcome = "CANCELLED";

    assertThatThrownBy(this::refresh)
        .isInstanceOf(RefreshException.class)
        .hasMessageContaining("data set 'artists': ingestion 'run-1' ended cancelled");
  }

  @Test
  void showsTheRunThoughSomeRowsWereDroppedAndTellsHowMany() {
    aws.quickSight.rowsDropped = 3;

    assertThat(refresh(Clock.systemUTC()))
        .containsExactly(
            new RunRecord.Dropped("artists", 10, 3), new RunRecord.Dropped("genres", 10, 3));
    assertThat(shownRun()).contains("run-1");
  }

  @Test
  void triesAgainWhenQuickSightThrottlesOrFails() {
    aws.refuse("quicksight:CreateIngestion", 2, 429, "ThrottlingException", "slow down");
    aws.refuse("quicksight:DescribeIngestion", 2, 500, "InternalFailureException", "oops");

    refresh();

    assertThat(shownRun()).contains("run-1");
  }

  @Test
  void cancelsWhatIsStillGoingOnAtTheDeadline() {
    aws.quickSight.outcome = "RUNNING";
    aws.dayPassesAfter("quicksight:DescribeIngestion");

    assertThatThrownBy(() -> refresh(aws.clock))
        .isInstanceOf(DeadlineException.class)
        .hasMessageContaining("QuickSight data set 'artists' (QUEUED, now cancelled) had");
    assertThat(aws.calls("quicksight:CancelIngestion")).hasSize(2);
  }

  @Test
  void cancelsForAShortTimeInAllHoweverManyAreGoingOn() {
    aws.quickSight.outcome = "RUNNING";
    aws.dayPassesAfter("quicksight:DescribeIngestion");
    aws.dayPassesAfter("quicksight:CancelIngestion");

    assertThatThrownBy(() -> refresh(aws.clock)).isInstanceOf(DeadlineException.class);
    assertThat(aws.calls("quicksight:CancelIngestion")).hasSize(1);
  }

  @Test
  void saysThatCredentialsHaveExpired() {
    aws.refuse("quicksight:CreateIngestion", 9, 403, "ExpiredTokenException", "expired");

    assertThatThrownBy(this::refresh)
        .isInstanceOf(RefreshException.class)
        .hasMessageContaining("The AWS credentials have expired");
  }

  @Test
  void startsAnotherIngestionWhenTheStepIsTriedAgain() {
    Attempt second = new Attempt("run-1", 2, Deadline.in(Duration.ofMinutes(5), Clock.systemUTC()));

    dashboard.refresh(second, new Catalog(Instant.EPOCH, List.of()), List.of());

    assertThat(aws.quickSight.looks).containsOnlyKeys("artists/run-1-2", "genres/run-1-2");
  }
}
