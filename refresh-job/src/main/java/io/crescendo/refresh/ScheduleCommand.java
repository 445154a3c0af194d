package io.crescendo.refresh;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code refresh schedule}. */
@Command(
    name = "schedule",
    description = "Runs at the times of a cron expression, until stopped.",
    mixinStandardHelpOptions = true)
final class ScheduleCommand implements Callable<Integer> {

  @Mixin private WarehouseOptions warehouse;
  @Mixin private ServiceOptions services;
  @Mixin private PlanOptions plan;
  @Mixin private FailureOptions failures;
  @Spec private CommandSpec spec;

  @Option(
      names = "--cron",
      required = true,
      paramLabel = "'M H D M W'",
      description = "Five fields: minute, hour, day, month, weekday")
  private String cron;

  @Option(
      names = "--zone",
      defaultValue = "UTC",
      paramLabel = "ZONE",
      converter = Conversions.Zone.class,
      description = "Time zone of the expression (default: ${DEFAULT-VALUE})")
  private ZoneId zone;

  @Option(
      names = "--jitter",
      defaultValue = "0s",
      paramLabel = "TIME",
      converter = Conversions.Time.class,
      description =
          "Put each start off by a random time up to this, such as 30s (default: ${DEFAULT-VALUE})")
  private Duration jitter;

  @Option(
      names = "--missed",
      defaultValue = "skip",
      paramLabel = "WHAT",
      description =
          "Times that passed during a run or while this program was down: ${COMPLETION-CANDIDATES};"
              + " once makes one run for all of them, at once (default: ${DEFAULT-VALUE})")
  private Schedule.Missed missed;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "Serve Prometheus metrics under /metrics on this port (default: do not)")
  private Integer metricsPort;

  @Option(
      names = "--metrics-host",
      defaultValue = DashboardServer.DEFAULT_HOST,
      paramLabel = "HOST",
      description = "Address for that (default: ${DEFAULT-VALUE}, this machine only)")
  private String metricsHost;

  @Override
  public Integer call() throws InterruptedException {
    RefreshSettings settings = RefreshCommand.checked(this::check, spec);
    Schedule schedule =
        new Schedule(
            Cron.parse(cron, zone), jitter, missed, () -> ThreadLocalRandom.current().nextDouble());
    Clock clock = Clock.systemUTC();
    try (RefreshMetrics metrics = new RefreshMetrics();
        MetricsServer server = RefreshCommand.checked(() -> serve(metrics), spec);
        S3Client s3 = warehouse.s3();
        RefreshJob job = services.job(s3, warehouse, settings, plan.plan());
        NextRun word = job.nextRun("%s %s".formatted(cron, zone));
        ReturnOnExit hook = new ReturnOnExit(() -> giveBack(job, word))) {
      List<Consumer<RunRecord>> listeners = failures.listeners();
      new Scheduler(
              schedule,
              word,
              new ResultsBucket(s3, settings.resultsBucket()),
              clock,
              time -> Thread.sleep(time.toMillis()),
              next -> {
                spec.commandLine()
                    .getOut()
                    .println("Next run at " + next.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
                spec.commandLine().getOut().flush();
              })
          .keep(
              () -> {
                RunRecord run = job.run();
                metrics.observe(List.of(run));
                RefreshCommand.tell(run, listeners, spec);
                return true;
              });
    }
    return 0;
  }

  private static void giveBack(RefreshJob job, NextRun word) {
    job.giveBack();
    word.close();
  }

  private MetricsServer serve(RefreshMetrics metrics) {
    return metricsPort == null ? null : new MetricsServer(metrics, metricsHost, metricsPort);
  }

  /** Every problem of every option at once. */
  private RefreshSettings check() {
    List<String> problems = new ArrayList<>();
    ServiceOptions.gather(problems, () -> Cron.parse(cron, zone));
    if (jitter.isNegative()) {
      problems.add("--jitter must not be negative, got %s".formatted(jitter));
    }
    return services.check(warehouse, plan, failures, problems);
  }
}
