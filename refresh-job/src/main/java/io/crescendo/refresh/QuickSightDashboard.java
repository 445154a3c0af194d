package io.crescendo.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.quicksight.QuickSightClient;
import software.amazon.awssdk.services.quicksight.model.Ingestion;
import software.amazon.awssdk.services.quicksight.model.IngestionStatus;
import software.amazon.awssdk.services.quicksight.model.LimitExceededException;
import software.amazon.awssdk.services.quicksight.model.ResourceExistsException;
import software.amazon.awssdk.services.quicksight.model.RowInfo;

/**
 * Refreshes a QuickSight dashboard: has SPICE read each of its data sets again, and waits. The
 * ingestion of each data set is named by the run, so a request that is sent again starts nothing
 * twice.
 *
 * <p>All data sets are started before any is waited for. QuickSight cannot switch several data sets
 * at once: when one fails, those that were faster show the new state. When the deadline passes,
 * those that are still going on are cancelled, and keep what they showed.
 */
final class QuickSightDashboard implements Dashboard {

  private static final Logger LOG = LoggerFactory.getLogger(QuickSightDashboard.class);
  // for all of them together: well within what a lease outlives the deadline by
  private static final Duration TO_CANCEL = Duration.ofSeconds(10);
  private static final Set<IngestionStatus> ENDED =
      Set.of(IngestionStatus.COMPLETED, IngestionStatus.FAILED, IngestionStatus.CANCELLED);

  private final QuickSightClient quickSight;
  private final String account;
  private final List<String> dataSets;
  private final Poller poller;

  /**
   * A dashboard over the settings' data sets.
   *
   * @param quickSight closed with this
   */
  QuickSightDashboard(QuickSightClient quickSight, AwsSettings settings, Poller poller) {
    this.quickSight = quickSight;
    this.account = settings.account();
    this.dataSets = settings.dataSets();
    this.poller = poller;
  }

  @Override
  public List<RunRecord.Dropped> refresh(Attempt attempt, Catalog catalog, List<Answer> answers) {
    attempt.deadline().check("Refreshing the QuickSight dashboard had");
    for (String dataSet : dataSets) {
      guarded(dataSet, attempt, () -> start(dataSet, attempt));
    }
    List<RunRecord.Dropped> dropped = new ArrayList<>();
    for (String dataSet : dataSets) {
      guarded(dataSet, attempt, () -> dropped.addAll(ended(dataSet, await(dataSet, attempt))));
    }
    return dropped;
  }

  private void guarded(String dataSet, Attempt attempt, Runnable work) {
    try {
      work.run();
    } catch (LimitExceededException e) {
      throw new RefreshException(
          "QuickSight takes no further refresh of data set '%s' today: its quota is 32 in 24 hours on Enterprise edition, 8 on Standard (%s); it shows the run before"
              .formatted(dataSet, Reason.of(e)),
          e);
    } catch (DeadlineException e) {
      cancelAll(attempt);
      throw e;
    } catch (ApiCallTimeoutException e) {
      cancelAll(attempt);
      throw new DeadlineException(
          "QuickSight gave no answer about data set '%s' in %s; its refresh was cancelled"
              .formatted(dataSet, attempt.deadline().time()),
          e);
    } catch (SdkException e) {
      throw new RefreshException(
          "QuickSight data set '%s' could not be refreshed: %s; it shows the run before"
              .formatted(dataSet, Reason.of(e)),
          e);
    }
  }

  private void start(String dataSet, Attempt attempt) {
    try {
      quickSight.createIngestion(
          b ->
              b.awsAccountId(account)
                  .dataSetId(dataSet)
                  .ingestionId(attempt.name())
                  .overrideConfiguration(AwsClients.within(attempt.deadline())));
    } catch (ResourceExistsException e) {
      LOG.info("Ingestion '{}' of data set '{}' has been started before", attempt.name(), dataSet);
    }
  }

  private Ingestion await(String dataSet, Attempt attempt) {
    return poller.until(
        attempt.deadline(),
        () ->
            quickSight
                .describeIngestion(
                    b ->
                        b.awsAccountId(account)
                            .dataSetId(dataSet)
                            .ingestionId(attempt.name())
                            .overrideConfiguration(AwsClients.within(attempt.deadline())))
                .ingestion(),
        i -> ENDED.contains(i.ingestionStatus()),
        i ->
            "QuickSight data set '%s' (%s, now cancelled) had"
                .formatted(dataSet, i.ingestionStatusAsString()));
  }

  private static List<RunRecord.Dropped> ended(String dataSet, Ingestion ingestion) {
    if (ingestion.ingestionStatus() != IngestionStatus.COMPLETED) {
      throw new RefreshException(
          "QuickSight data set '%s': ingestion '%s' ended %s: %s; it shows the run before"
              .formatted(
                  dataSet,
                  ingestion.ingestionId(),
                  ingestion.ingestionStatusAsString().toLowerCase(Locale.ROOT),
                  ingestion.errorInfo() == null
                      ? "QuickSight gives no reason"
                      : ingestion.errorInfo().typeAsString()
                          + ": "
                          + ingestion.errorInfo().message()));
    }
    RowInfo rows = ingestion.rowInfo();
    if (rows == null || rows.rowsDropped() == null || rows.rowsDropped() == 0) {
      return List.of();
    }
    long taken = rows.rowsIngested() == null ? 0 : rows.rowsIngested();
    LOG.warn(
        "QuickSight data set '{}': {} rows taken, {} rows dropped because their values did not fit"
            + " the data set; the dashboard lacks them",
        dataSet,
        taken,
        rows.rowsDropped());
    return List.of(new RunRecord.Dropped(dataSet, taken, rows.rowsDropped()));
  }

  private void cancelAll(Attempt attempt) {
    Deadline end = Deadline.in(TO_CANCEL, attempt.deadline().clock());
    for (String dataSet : dataSets) {
      if (end.remaining().isZero()) {
        LOG.warn("Ingestion of data set '{}' was not cancelled and may run on: no time", dataSet);
        continue;
      }
      try {
        quickSight.cancelIngestion(
            b ->
                b.awsAccountId(account)
                    .dataSetId(dataSet)
                    .ingestionId(attempt.name())
                    .overrideConfiguration(AwsClients.within(end)));
      } catch (SdkException e) {
        // also when it has ended, or was never started
        LOG.debug("Ingestion of data set '{}' was not cancelled: {}", dataSet, Reason.of(e));
      }
    }
  }

  @Override
  public void close() {
    quickSight.close();
  }
}
