package io.crescendo.refresh;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;

/** Options that say which services crawl, answer and show. */
final class ServiceOptions {

  enum Services {
    local,
    aws
  }

  @Option(
      names = "--services",
      paramLabel = "WHICH",
      defaultValue = "local",
      description =
          "${COMPLETION-CANDIDATES}: DuckDB and the built-in page, or Glue, Athena and QuickSight"
              + " (default: ${DEFAULT-VALUE})")
  private Services services;

  @Option(
      names = "--aws-region",
      paramLabel = "REGION",
      description = "Region of Glue, Athena and QuickSight (default: that of S3)")
  private String region;

  @Option(
      names = "--glue-endpoint",
      paramLabel = "URI",
      converter = Conversions.Endpoint.class,
      description = "Glue; AWS if absent")
  private URI glue;

  @Option(
      names = "--athena-endpoint",
      paramLabel = "URI",
      converter = Conversions.Endpoint.class,
      description = "Athena; AWS if absent")
  private URI athena;

  @Option(
      names = "--quicksight-endpoint",
      paramLabel = "URI",
      converter = Conversions.Endpoint.class,
      description = "QuickSight; AWS if absent")
  private URI quickSight;

  @Option(
      names = "--glue-database",
      paramLabel = "NAME",
      defaultValue = AwsSettings.DEFAULT_NAME,
      description = "Glue database, created when missing (default: ${DEFAULT-VALUE})")
  private String database;

  @Option(
      names = "--glue-crawler",
      paramLabel = "NAME",
      defaultValue = AwsSettings.DEFAULT_NAME,
      description = "Glue crawler, created when missing (default: ${DEFAULT-VALUE})")
  private String crawler;

  @Option(
      names = "--glue-crawler-role",
      paramLabel = "ROLE",
      defaultValue = "",
      description = "Name or ARN of the crawler's IAM role; a run on AWS needs it")
  private String role;

  @Option(
      names = "--glue-recrawl",
      paramLabel = "WHAT",
      defaultValue = "everything",
      description =
          "What crawls after the first look at: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE})")
  private AwsSettings.Recrawl recrawl;

  @Option(
      names = "--glue-folder",
      paramLabel = "FOLDER",
      description =
          "Folder of a table under the tables prefix; repeatable (default: artists,"
              + " genre-followers, artist-rejects)")
  private List<String> folders;

  @Option(
      names = "--athena-workgroup",
      paramLabel = "NAME",
      defaultValue = AwsSettings.DEFAULT_WORKGROUP,
      description = "Athena workgroup (default: ${DEFAULT-VALUE})")
  private String workgroup;

  @Option(
      names = "--athena-output",
      paramLabel = "S3-PREFIX",
      defaultValue = "",
      description = "Where Athena leaves results, ending in '/'; the workgroup's place if absent")
  private String output;

  @Option(
      names = "--aws-account",
      paramLabel = "ID",
      defaultValue = "",
      description = "Account of the QuickSight data sets, 12 digits")
  private String account;

  @Option(
      names = "--quicksight-data-set",
      paramLabel = "ID",
      description =
          "Data set to refresh; repeatable. If absent, the dashboard is the built-in page")
  private List<String> dataSets;

  /**
   * Checks these and the other options of a run together, so that all problems are told at once.
   *
   * @param others problems that are known already
   * @throws ConfigurationException where an option breaks a rule
   */
  RefreshSettings check(
      WarehouseOptions warehouse, PlanOptions plan, FailureOptions failures, List<String> others) {
    List<String> problems = new ArrayList<>(others);
    RunPlan wanted = gather(problems, plan::plan);
    failures.check(problems);
    if (wanted != null
        && wanted.has(Step.dashboard)
        && !wanted.has(Step.query)
        && !(onAws() && dataSets != null)) {
      problems.add(
          "--steps must contain query before dashboard: the built-in page shows the answers, got %s"
              .formatted(wanted.steps().stream().sorted().toList()));
    }
    return check(warehouse, wanted != null && wanted.has(Step.crawl), !onAws(), problems);
  }

  /**
   * Checks these and the warehouse's options together, so that all problems are told at once.
   *
   * @param crawls whether the command crawls, and not only queries
   * @throws ConfigurationException where an option breaks a rule
   */
  RefreshSettings check(WarehouseOptions warehouse, boolean crawls) {
    return check(warehouse, crawls, !onAws(), new ArrayList<>());
  }

  /** As {@link #check(WarehouseOptions, boolean)}, for a compaction and with other problems. */
  RefreshSettings checkCompaction(WarehouseOptions warehouse, List<String> others) {
    return check(warehouse, false, true, new ArrayList<>(others));
  }

  /**
   * Checks these and the warehouse's options for provisioning, which is of AWS in any case.
   *
   * @param quickSight whether QuickSight is provisioned too
   * @param others problems that are known already
   * @throws ConfigurationException where an option breaks a rule
   */
  RefreshSettings checkProvisioning(
      WarehouseOptions warehouse, boolean quickSight, List<String> others) {
    services = Services.aws;
    List<String> problems = new ArrayList<>(others);
    if (output.isEmpty()) {
      problems.add("--athena-output must be given: where the workgroup keeps results");
    }
    if (workgroup.equals(AwsSettings.DEFAULT_WORKGROUP)) {
      problems.add(
          "--athena-workgroup must be a workgroup of its own, got '%s', which all of the account use"
              .formatted(workgroup));
    }
    if (quickSight && account.isEmpty()) {
      problems.add("--aws-account must be given with --quicksight-owner");
    }
    return check(warehouse, true, false, problems);
  }

  private RefreshSettings check(
      WarehouseOptions warehouse, boolean crawls, boolean copies, List<String> problems) {
    RefreshSettings settings =
        gather(problems, copies ? warehouse::settingsForCopies : warehouse::settings);
    if (onAws()) {
      AwsSettings aws = gather(problems, () -> aws(warehouse));
      if (crawls && role.isEmpty()) {
        problems.add("--glue-crawler-role must be given: the IAM role that the crawler takes on");
      }
      if (settings != null && aws != null && aws.output().startsWith(settings.tables())) {
        problems.add(
            "Athena output location must lie outside the tables, which are under %s, got '%s'"
                .formatted(settings.tables(), aws.output()));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return settings;
  }

  /** Settings; null where they have problems, which are added to the others. */
  static <T> T gather(List<String> problems, Supplier<T> settings) {
    try {
      return settings.get();
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
      return null;
    }
  }

  /** A job on the chosen services. */
  RefreshJob job(S3Client s3, WarehouseOptions warehouse, RefreshSettings settings, RunPlan plan) {
    Clock clock = Clock.systemUTC();
    return onAws()
        ? new RefreshJob(
            s3,
            settings,
            AwsServices.ofRun(aws(warehouse), s3, settings, clock),
            Queries.bundled(),
            plan,
            clock)
        : new RefreshJob(
            s3, settings, RefreshJob.Services.local(s3, settings), Queries.bundled(), plan, clock);
  }

  /** Typed SQL on the chosen services. */
  WarehouseQueries queries(S3Client s3, WarehouseOptions warehouse, RefreshSettings settings) {
    return onAws()
        ? AwsServices.ofQueries(aws(warehouse), settings, Clock.systemUTC())
        : new WarehouseQueries(s3, settings);
  }

  /**
   * Has the services' catalog, where it needs to be told, read compacted days from large objects.
   */
  Optional<Integer> point(
      S3Client s3, WarehouseOptions warehouse, RefreshSettings settings, Attempt attempt) {
    return onAws()
        ? Optional.of(AwsServices.point(aws(warehouse), s3, settings, attempt))
        : Optional.empty();
  }

  private boolean onAws() {
    return services == Services.aws;
  }

  /** Settings of the services on AWS, once they are checked. */
  AwsSettings aws(WarehouseOptions warehouse) {
    return new AwsSettings(
        region == null ? warehouse.region() : region,
        new AwsSettings.Endpoints(glue, athena, quickSight),
        database,
        crawler,
        role,
        recrawl,
        folders == null ? AwsSettings.DEFAULT_FOLDERS : folders,
        workgroup,
        output,
        account,
        dataSets == null ? List.of() : dataSets);
  }
}
