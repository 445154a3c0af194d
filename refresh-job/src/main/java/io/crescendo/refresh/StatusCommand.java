package io.crescendo.refresh;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code refresh status}. */
@Command(
    name = "status",
    description =
        "Shows the last run, the next one, who holds the lease, and how old the data are.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  @Mixin private WarehouseOptions warehouse;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "As one JSON document")
  private boolean json;

  @Override
  public Integer call() {
    RefreshSettings settings = RefreshCommand.checked(warehouse::settings, spec);
    PrintWriter out = spec.commandLine().getOut();
    try (S3Client s3 = warehouse.s3()) {
      JobStatus status = JobStatus.read(s3, settings, Clock.systemUTC());
      if (json) {
        out.println(Terminal.json(status));
      } else {
        print(status, out);
      }
    } catch (SdkException | RefreshException e) {
      return RefreshCommand.failure(
          spec,
          Outcome.DASHBOARD_FAILED,
          "The state in s3://%s could not be read: %s"
              .formatted(settings.resultsBucket(), Reason.of(e)));
    }
    out.flush();
    return 0;
  }

  private static void print(JobStatus status, PrintWriter out) {
    line(out, "Last run", status.lastRun() == null ? "none yet" : run(status.lastRun()));
    if (status.lastRun() != null && status.lastRun().outcome() != Outcome.SUCCEEDED) {
      line(
          out,
          "Last success",
          status.lastSuccess() == null ? "none lately" : run(status.lastSuccess()));
    }
    line(out, "Next run", next(status));
    line(
        out,
        "Lease",
        status.lease() == null
            ? "free"
            : "held by run %s of %s, until %s at the latest"
                .formatted(
                    status.lease().run(),
                    status.lease().owner(),
                    moment(status.lease().expiresAt())));
    line(
        out,
        "Newest record",
        status.newestRecord() == null
            ? "unknown: no run has checked a table artists with records"
            : "%s, %s ago".formatted(moment(status.newestRecord()), time(status.ageSeconds())));
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("%-14s%s%n", name, Terminal.text(value));
  }

  private static String run(RunRecord run) {
    return String.format(
        Locale.ROOT,
        "%s  %s, %.1f s, %,d rows%s",
        moment(run.startedAt()),
        run.outcome().name().toLowerCase(Locale.ROOT),
        run.seconds(),
        run.rows(),
        run.failure() == null
            ? ""
            : "; %s: %s".formatted(run.failure().step(), run.failure().reason()));
  }

  private static String next(JobStatus status) {
    NextRun.Word plan = status.schedule();
    if (plan == null) {
      return "none is planned: no 'refresh schedule' runs here";
    }
    Duration ahead = Duration.between(status.readAt(), plan.nextAt());
    boolean ran = status.lastRun() != null && !status.lastRun().startedAt().isBefore(plan.nextAt());
    boolean running = status.lease() != null && status.lease().owner().equals(plan.owner());
    String when =
        ahead.isNegative()
            ? ran || running
                ? "started at %s".formatted(moment(plan.nextAt()))
                : "overdue for %s; does the scheduler still run?"
                    .formatted(time(-ahead.toMillis() / 1e3))
            : "%s, in %s".formatted(moment(plan.nextAt()), time(ahead.toMillis() / 1e3));
    return "%s (%s, scheduled by %s)".formatted(when, plan.schedule(), plan.owner());
  }

  /** Such as {@code 2026-11-24T17:20:36Z}. */
  static Instant moment(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Days, hours, minutes and seconds, the two largest that are not zero. */
  static String time(double seconds) {
    Duration time = Duration.ofSeconds((long) seconds);
    if (time.toDays() > 0) {
      return "%s d %s h".formatted(time.toDays(), time.toHoursPart());
    }
    if (time.toHours() > 0) {
      return "%s h %s min".formatted(time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0
        ? "%s min %s s".formatted(time.toMinutes(), time.toSecondsPart())
        : "%s s".formatted(time.toSeconds());
  }
}
