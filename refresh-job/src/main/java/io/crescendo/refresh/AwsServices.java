package io.crescendo.refresh;

import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Glue, Athena and QuickSight as the services of a refresh. Credentials come from the SDK's default
 * chain.
 */
public final class AwsServices {

  private static final Duration LONGEST_FOR_QUERY = Duration.ofSeconds(5);
  private static final Duration LONGEST_FOR_CRAWL = Duration.ofSeconds(20);

  private AwsServices() {}

  /**
   * Services of a run.
   *
   * @param s3 client of the store that holds the buckets, for compacted objects and for the
   *     built-in page where there are no QuickSight data sets; stays open
   */
  public static RefreshJob.Services ofRun(
      AwsSettings aws, S3Client s3, RefreshSettings settings, Clock clock) {
    AwsClients clients = new AwsClients(aws);
    Poller slow = new Poller(Duration.ofSeconds(2), LONGEST_FOR_CRAWL);
    GlueClient glue = clients.glue();
    return new RefreshJob.Services(
        new CompactedPartitions(glue, s3, aws, settings)
            .after(new GlueCrawler(glue, aws, settings, slow, clock)),
        engine(aws, clients),
        aws.dataSets().isEmpty()
            ? new JsonDashboard(s3, settings, clock)
            : new QuickSightDashboard(clients.quickSight(), aws, slow));
  }

  /**
   * Has Athena read compacted days from their large objects, as each run does after its crawl.
   *
   * @return how many partitions were elsewhere
   */
  static int point(AwsSettings aws, S3Client s3, RefreshSettings settings, Attempt attempt) {
    GlueClient glue = new AwsClients(aws).glue();
    try (GlueTables tables = new GlueTables(glue, aws, settings, attempt.deadline().clock())) {
      return new CompactedPartitions(glue, s3, aws, settings).point(tables.last(attempt), attempt);
    }
  }

  /** Typed SQL on the tables as the last crawl left them. */
  public static WarehouseQueries ofQueries(AwsSettings aws, RefreshSettings settings, Clock clock) {
    AwsClients clients = new AwsClients(aws);
    return new WarehouseQueries(
        settings, new GlueTables(clients.glue(), aws, settings, clock), engine(aws, clients));
  }

  private static QueryEngine engine(AwsSettings aws, AwsClients clients) {
    return new AthenaQueryEngine(
        clients.athena(), aws, new Poller(Duration.ofMillis(200), LONGEST_FOR_QUERY));
  }
}
