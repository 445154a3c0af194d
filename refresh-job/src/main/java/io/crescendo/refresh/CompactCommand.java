package io.crescendo.refresh;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code refresh compact}. */
@Command(
    name = "compact",
    description = {
      "Writes the rows of past days' small objects into few large ones.",
      "Refreshes and queries read those from then on; with --services aws, once the partitions of",
      "the Glue catalog point there, which this and every run see to. The small objects stay."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, also where there was nothing to do",
      "2:bad usage or configuration; nothing was started",
      "3:the warehouse could not be read or written",
      "6:it took longer than --deadline; days that are done stay done"
    })
final class CompactCommand implements Callable<Integer> {

  private static final long MEGABYTE = 1024L * 1024;

  @Mixin private WarehouseOptions warehouse;
  @Mixin private ServiceOptions services;
  @Spec private CommandSpec spec;

  @Option(
      names = "--target-mb",
      paramLabel = "MB",
      defaultValue = "256",
      converter = Conversions.Count.class,
      description = "Megabytes of small objects that go into one (default: ${DEFAULT-VALUE})")
  private Integer target;

  @Override
  public Integer call() {
    RefreshSettings settings =
        RefreshCommand.checked(
            () ->
                services.checkCompaction(
                    warehouse,
                    target < 1
                        ? List.of("--target-mb must be at least 1, got " + target)
                        : List.of()),
            spec);
    PrintWriter out = spec.commandLine().getOut();
    Clock clock = Clock.systemUTC();
    try (S3Client s3 = warehouse.s3()) {
      Attempt attempt =
          new Attempt(RunHistory.newId(clock.instant()), Deadline.in(settings.deadline(), clock));
      int days =
          new Compactor(s3, settings, target * MEGABYTE, clock)
              .compact(
                  LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                  attempt,
                  line -> {
                    out.println(line);
                    out.flush();
                  });
      out.printf("%s days compacted%n", days);
      services
          .point(s3, warehouse, settings, attempt)
          .ifPresent(moved -> out.printf("%s partitions point elsewhere now%n", moved));
      out.flush();
      return 0;
    } catch (DeadlineException e) {
      return RefreshCommand.failure(spec, Outcome.DEADLINE_EXCEEDED, e.getMessage());
    } catch (RefreshException | SdkException e) {
      return RefreshCommand.failure(spec, Outcome.CRAWL_FAILED, Reason.of(e));
    }
  }
}
