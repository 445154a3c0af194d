package io.crescendo.refresh;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.quicksight.QuickSightClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What an AWS account needs for the pipeline, in the order in which it can be made. */
final class Account {

  private final AwsSettings aws;
  private final RefreshSettings settings;
  private final String staging;
  private final String owner;
  private final AwsClients clients;
  private final Poller poller;

  /**
   * An account.
   *
   * @param staging bucket for uploads of CSV files
   * @param owner ARN of the QuickSight user or group that owns the dashboard; empty to leave
   *     QuickSight alone
   */
  Account(
      AwsSettings aws,
      RefreshSettings settings,
      String staging,
      String owner,
      AwsClients clients,
      Poller poller) {
    this.aws = aws;
    this.settings = settings;
    this.staging = staging;
    this.owner = owner;
    this.clients = clients;
    this.poller = poller;
  }

  /** Brings it all about, or says what would be done; gives the number of changes. */
  int provision(
      S3Client s3, String s3Region, boolean dryRun, java.util.function.Consumer<String> say) {
    Clock clock = Clock.systemUTC();
    Attempt attempt =
        new Attempt(RunHistory.newId(clock.instant()), Deadline.in(settings.deadline(), clock));
    try (GlueClient glue = clients.glue();
        AthenaClient athena = clients.athena();
        QuickSightClient quickSight = clients.quickSight();
        DuckDbQueryEngine types = new DuckDbQueryEngine(s3, settings, false, clock)) {
      Catalog catalog = new GlueTables(glue, aws, settings, clock).last(attempt);
      List<CatalogView> views = CatalogView.all(types, catalog, aws.database(), attempt);
      List<Needed> needed = new ArrayList<>();
      needed.addAll(
          new NeededBuckets(s3, s3Region)
              .of(List.of(staging, settings.warehouseBucket(), settings.resultsBucket())));
      needed.addAll(new NeededCatalog(glue, aws, settings).with(views));
      needed.add(new NeededWorkgroup(athena, aws).needed());
      if (!owner.isEmpty()) {
        needed.addAll(dashboard(quickSight, views, attempt));
      }
      int changes = Provisioning.carryOut(needed, attempt.deadline(), dryRun, say);
      missing(catalog)
          .forEach(
              table ->
                  say.accept(
                      "note          there is no table '%s' yet: views read it as empty until this is"
                              .formatted(table)
                          + " run again after a crawl has found it"));
      return changes;
    }
  }

  private List<Needed> dashboard(
      QuickSightClient quickSight, List<CatalogView> views, Attempt attempt) {
    QuickSightPlace place = new QuickSightPlace(aws.region(), aws.account(), owner);
    QuickSightMarks marks = new QuickSightMarks(quickSight, poller, attempt.deadline());
    List<Visuals.Shown> shown = new ArrayList<>();
    for (Query query : Queries.bundled()) {
      views.stream()
          .filter(v -> v.name().equals(CatalogView.DASHBOARD + query.name()))
          .forEach(v -> shown.add(new Visuals.Shown(query, v.columns())));
    }
    List<Needed> needed = new ArrayList<>();
    needed.addAll(new NeededDataSets(quickSight, marks, place, aws).of(shown));
    needed.addAll(new NeededDashboard(quickSight, marks, place).of(shown));
    return needed;
  }

  private static List<String> missing(Catalog catalog) {
    return KnownTables.columns().keySet().stream()
        .filter(table -> catalog.table(table).isEmpty())
        .toList();
  }
}
