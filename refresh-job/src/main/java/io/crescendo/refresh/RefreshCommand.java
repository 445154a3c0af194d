package io.crescendo.refresh;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Command {@code refresh}: one run, and what belongs to it. */
@Command(
    name = "refresh",
    description = "Crawls the warehouse, runs the queries and refreshes the dashboard.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RefreshCommand.Run.class,
      RefreshCommand.History.class,
      ScheduleCommand.class,
      StatusCommand.class,
      ProvisionCommand.class,
      CompactCommand.class,
      RefreshCommand.Page.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:every step was done; the dashboard shows this run",
      " 2:bad usage or configuration; nothing was started",
      " 3:the crawl failed",
      " 4:a query failed",
      " 5:the dashboard or the run record could not be written",
      " 6:the run, or a step of it, took longer than it may",
      " 7:the data are not as --max-age, --max-reject-share or --max-row-drop demand",
      "75:another run holds the lease"
    })
public final class RefreshCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(RefreshCommand.class);

  @Mixin private WarehouseOptions warehouse;
  @Mixin private ServiceOptions services;
  @Mixin private PlanOptions plan;
  @Mixin private FailureOptions failures;
  @Spec private CommandSpec spec;

  /** Runs the command alone, and ends the JVM with its exit code. */
  public static void main(String... args) {
    System.exit(new CommandLine(new RefreshCommand()).execute(args));
  }

  @Override
  public Integer call() {
    return runOnce(warehouse, services, plan, failures, spec);
  }

  private static int runOnce(
      WarehouseOptions warehouse,
      ServiceOptions services,
      PlanOptions plan,
      FailureOptions failures,
      CommandSpec spec) {
    RefreshSettings settings =
        checked(() -> services.check(warehouse, plan, failures, List.of()), spec);
    try (S3Client s3 = warehouse.s3();
        RefreshJob job = services.job(s3, warehouse, settings, plan.plan());
        ReturnOnExit hook = new ReturnOnExit(job::giveBack)) {
      return tell(job.run(), failures.listeners(), spec);
    }
  }

  /** Settings, or a complaint about the usage of the command. */
  static <T> T checked(Supplier<T> settings, CommandSpec spec) {
    try {
      return settings.get();
    } catch (ConfigurationException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** Says on the terminal how a run ended, and to listeners if it failed; gives the exit code. */
  static int tell(RunRecord run, List<Consumer<RunRecord>> listeners, CommandSpec spec) {
    if (run.failure() != null) {
      if (run.outcome() != Outcome.LEASE_HELD) {
        listeners.forEach(listener -> tell(run, listener));
      }
      return failure(
          spec,
          run.outcome(),
          "Run %s failed in step '%s': %s"
              .formatted(run.run(), run.failure().step(), run.failure().reason()));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "Run %s: %,d rows in %d tables, refreshed in %.1f s%n",
        run.run(),
        run.rows(),
        run.tables().size(),
        run.seconds());
    if (run.freshness() != null && run.freshness().newest() != null) {
      out.printf(
          Locale.ROOT,
          "The newest record came in %s ago; %,d of the %,d records of the last 24 hours were rejected%n",
          StatusCommand.time(run.freshness().ageSeconds()),
          run.freshness().recentRejects(),
          run.freshness().recentRecords());
    }
    out.flush();
    return run.exitCode();
  }

  /** A listener that fails must not end the schedule, nor keep others from being told. */
  private static void tell(RunRecord run, Consumer<RunRecord> listener) {
    try {
      listener.accept(run);
    } catch (RuntimeException e) {
      // its message may repeat an address or a command that holds a secret
      LOG.error(
          "Run {} failed, and {} could not tell that: {}",
          run.run(),
          listener.getClass().getSimpleName(),
          e.getClass().getName());
    }
  }

  /** Says what failed, and gives the exit code. */
  static int failure(CommandSpec spec, Outcome outcome, String message) {
    Terminal.say(message, spec.commandLine().getErr());
    return outcome.exitCode();
  }

  /** {@code refresh run}. */
  @Command(
      name = "run",
      description = "Runs once, for an outside scheduler.",
      mixinStandardHelpOptions = true)
  static final class Run implements Callable<Integer> {

    @Mixin private WarehouseOptions warehouse;
    @Mixin private ServiceOptions services;
    @Mixin private PlanOptions plan;
    @Mixin private FailureOptions failures;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      return runOnce(warehouse, services, plan, failures, spec);
    }
  }

  /** {@code refresh history}. */
  @Command(
      name = "history",
      description = "Shows the latest runs.",
      mixinStandardHelpOptions = true)
  static final class History implements Callable<Integer> {

    @Mixin private WarehouseOptions warehouse;
    @Spec private CommandSpec spec;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "20",
        converter = Conversions.Count.class,
        description = "How many (default: ${DEFAULT-VALUE})")
    private Integer limit;

    @Override
    public Integer call() {
      RefreshSettings settings = checked(warehouse::settings, spec);
      PrintWriter out = spec.commandLine().getOut();
      try (S3Client s3 = warehouse.s3()) {
        for (RunRecord run : new RunHistory(s3, settings).latest(limit)) {
          out.printf(
              Locale.ROOT,
              "%s  %-17s  %6.1f s  %,12d rows%s%n",
              StatusCommand.moment(run.startedAt()),
              run.outcome().name().toLowerCase(Locale.ROOT),
              run.seconds(),
              run.rows(),
              run.failure() == null
                  ? ""
                  : Terminal.text(
                      "  %s: %s".formatted(run.failure().step(), run.failure().reason())));
        }
      } catch (SdkException | RefreshException e) {
        return failure(
            spec,
            Outcome.DASHBOARD_FAILED,
            "The history in s3://%s could not be read: %s"
                .formatted(settings.resultsBucket(), Reason.of(e)));
      }
      out.flush();
      return 0;
    }
  }

  /** {@code refresh page}. */
  @Command(
      name = "page",
      description = "Serves the page of the latest run, until stopped.",
      mixinStandardHelpOptions = true)
  static final class Page implements Callable<Integer> {

    @Mixin private WarehouseOptions warehouse;
    @Spec private CommandSpec spec;

    @Option(
        names = "--host",
        defaultValue = DashboardServer.DEFAULT_HOST,
        description = "Address to listen on (default: ${DEFAULT-VALUE}, this machine only)")
    private String host;

    @Option(
        names = "--port",
        defaultValue = "" + DashboardServer.DEFAULT_PORT,
        description = "Port (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
        names = "--allowed-host",
        paramLabel = "NAME",
        description =
            "Answer under this name too, as a proxy or another machine calls it; repeatable"
                + " (default: localhost, 127.0.0.1, [::1] and --host)")
    private List<String> names = List.of();

    @Override
    public Integer call() throws InterruptedException {
      RefreshSettings settings = checked(warehouse::settingsForCopies, spec);
      try (S3Client s3 = warehouse.s3();
          DashboardServer server = DashboardServer.start(s3, settings, host, port, names)) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("The page is at %s%n", server.address());
        out.flush();
        Thread.currentThread().join();
      } catch (ConfigurationException | RefreshException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
      return 0;
    }
  }
}
