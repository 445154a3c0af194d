package io.crescendo.refresh;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code refresh provision}. */
@Command(
    name = "provision",
    description = {
      "Creates or corrects what the pipeline needs in an AWS account.",
      "That is: buckets, Glue database, crawler and views, Athena workgroup, QuickSight data sets",
      "and dashboard."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything is as it should be, or would be without --dry-run",
      "2:bad usage or configuration; nothing was started",
      "5:something could not be looked at, created or updated",
      "6:it took longer than --deadline"
    })
final class ProvisionCommand implements Callable<Integer> {

  private static final String BUCKET = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";
  private static final String PRINCIPAL = "(arn:aws[a-z-]*:quicksight:[a-z0-9-]+:\\d{12}:\\S+)?";

  @Mixin private WarehouseOptions warehouse;
  @Mixin private ServiceOptions services;
  @Spec private CommandSpec spec;

  @Option(
      names = "--staging-bucket",
      paramLabel = "BUCKET",
      defaultValue = "staging",
      description = "Bucket for uploads of CSV files (default: ${DEFAULT-VALUE})")
  private String staging;

  @Option(
      names = "--quicksight-owner",
      paramLabel = "ARN",
      defaultValue = "",
      description =
          "QuickSight user or group that owns the dashboard; QuickSight is left alone if absent")
  private String owner;

  @Option(names = "--dry-run", description = "Say what would be done, and do none of it")
  private boolean dryRun;

  @Override
  public Integer call() {
    RefreshSettings settings = RefreshCommand.checked(this::check, spec);
    AwsSettings aws = services.aws(warehouse);
    PrintWriter out = spec.commandLine().getOut();
    try (S3Client s3 = warehouse.s3()) {
      int changes =
          new Account(
                  aws,
                  settings,
                  staging,
                  owner,
                  new AwsClients(aws),
                  new Poller(Duration.ofMillis(200), Duration.ofSeconds(10)))
              .provision(
                  s3,
                  warehouse.region(),
                  dryRun,
                  line -> {
                    out.println(line);
                    out.flush();
                  });
      out.printf("%s %s%n", changes, dryRun ? "changes would be made" : "changes made");
      out.flush();
      return 0;
    } catch (DeadlineException e) {
      return RefreshCommand.failure(spec, Outcome.DEADLINE_EXCEEDED, e.getMessage());
    } catch (RefreshException | SdkException e) {
      return RefreshCommand.failure(spec, Outcome.DASHBOARD_FAILED, Reason.of(e));
    }
  }

  private RefreshSettings check() {
    List<String> problems = new ArrayList<>();
    if (!staging.matches(BUCKET)) {
      problems.add(
          "--staging-bucket must be an S3 bucket name (3 to 63 of a-z, 0-9, '-', '.'), got '%s'"
              .formatted(staging));
    }
    if (!owner.matches(PRINCIPAL)) {
      problems.add(
          "--quicksight-owner must be the ARN of a QuickSight user or group, got '%s'"
              .formatted(owner));
    }
    return services.checkProvisioning(warehouse, !owner.isEmpty(), problems);
  }
}
