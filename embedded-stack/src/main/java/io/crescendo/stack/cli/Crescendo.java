package io.crescendo.stack.cli;

import io.crescendo.csv.GenerateCommand;
import io.crescendo.csv.PublishCommand;
import io.crescendo.refresh.QueryCommand;
import io.crescendo.refresh.RefreshCommand;
import io.crescendo.schemas.Terminal;
import io.crescendo.stack.DataDirectory;
import io.crescendo.stack.Endpoints;
import io.crescendo.stack.StackException;
import io.crescendo.stack.StoreKey;
import io.crescendo.streams.RejectsCommand;
import io.crescendo.streams.StreamsCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * The command line of the whole pipeline.
 *
 * <p>Commands that talk to Kafka, S3 or Connect reach the stack that runs on this machine, where
 * one runs, unless options say otherwise. Whoever names other brokers gets nothing of that stack.
 */
@Command(
    name = "crescendo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Artist data from CSV through Kafka to a Parquet warehouse and its dashboard.",
      ""
    },
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      PublishCommand.class,
      GenerateCommand.class,
      QueryCommand.class,
      RefreshCommand.class,
      StreamsCommand.class,
      RejectsCommand.class,
      TopicsCommand.class,
      KafkaCommand.class,
      DoctorCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Start here: ./crescendo demo",
      "Exit codes: 0 done, 1 a service failed, 2 wrong usage or configuration, 130 Ctrl-C (streams: 0);",
      "publish, query and refresh have more, see their --help."
    })
public final class Crescendo {

  /** Environment variable that names the data directory, where it is not {@code .crescendo}. */
  static final String DATA_DIR_VARIABLE = "CRESCENDO_DATA_DIR";

  private static final int FAILED = 1;

  private Crescendo() {}

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    // Kafka's broker writes names of its constants in the machine's capitals: CLASSİC in Turkish
    Locale.setDefault(Locale.ROOT);
    System.exit(run(args));
  }

  private static int run(String[] args) {
    if (args.length == 0) {
      commandLine(Optional.empty()).usage(System.out);
      return CommandLine.ExitCode.OK;
    }
    Path dataDir = defaultDataDir();
    Optional<Invocation> invocation = Invocation.of(args);
    Optional<Endpoints> running =
        DataDirectory.endpoints(dataDir)
            .filter(stack -> invocation.map(i -> i.mayMean(stack)).orElse(true));
    boolean ownStore = invocation.map(Invocation::namesStore).orElse(false);
    if (running.isPresent() && !ownStore) {
      StoreKey.of(dataDir)
          .ifPresentOrElse(
              key -> {
                System.setProperty("aws.accessKeyId", key.accessKeyId());
                System.setProperty("aws.secretAccessKey", key.secretAccessKey());
              },
              () ->
                  System.err.println(
                      "The secret of the running stack's S3 cannot be read in %s, so what asks its S3 will be refused; start the stack anew as this user"
                          .formatted(dataDir)));
    }
    Optional<String> problem =
        invocation.flatMap(
            i ->
                running.isPresent()
                    ? i.problemWithStack(running.get())
                    : i.problemWithoutStack(dataDir));
    if (problem.isPresent()) {
      System.err.println(problem.get());
      return CommandLine.ExitCode.USAGE;
    }
    return printing(
        commandLine(running.map(r -> new RunningStackDefaults(r, !ownStore))),
        new StandardOutput(new FileOutputStream(FileDescriptor.out)),
        args);
  }

  /** The exit code of a command, which has not done its work where that could not be written. */
  static int printing(CommandLine commandLine, StandardOutput output, String... args) {
    PrintWriter out = output.writer();
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = commandLine.setOut(out).setErr(err).execute(args);
    out.flush();
    Optional<String> problem = output.problem();
    problem.ifPresent(err::println);
    return problem.isPresent() && code == CommandLine.ExitCode.OK ? FAILED : code;
  }

  static CommandLine commandLine(Optional<RunningStackDefaults> running) {
    CommandLine commandLine = new CommandLine(new Crescendo());
    running.ifPresent(commandLine::setDefaultValueProvider);
    commandLine.setExecutionExceptionHandler(
        (e, failed, parsed) -> {
          if (!(e instanceof StackException)) {
            org.slf4j.LoggerFactory.getLogger(Crescendo.class).debug("Command failed", e);
          }
          // a worker's message has what records had
          String message = e.getMessage() == null ? e.toString() : e.getMessage();
          message
              .lines()
              .map(Terminal::harmless)
              .forEach(line -> failed.getErr().println(failed.getColorScheme().errorText(line)));
          return FAILED;
        });
    commandLine.setParameterExceptionHandler(
        (e, arguments) -> {
          CommandLine wrong = e.getCommandLine();
          PrintWriter err = wrong.getErr();
          err.println(wrong.getColorScheme().errorText(e.getMessage()));
          CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
          err.printf("Help: ./%s --help%n", wrong.getCommandSpec().qualifiedName());
          return CommandLine.ExitCode.USAGE;
        });
    // options behind the name of a Kafka tool are the tool's
    commandLine.getSubcommands().get("kafka").setStopAtPositional(true);
    return commandLine;
  }

  static Path defaultDataDir() {
    String chosen = System.getenv(DATA_DIR_VARIABLE);
    if (chosen != null && !chosen.isBlank()) {
      return Path.of(chosen).toAbsolutePath().normalize();
    }
    return Path.of(System.getProperty("crescendo.home", "."))
        .toAbsolutePath()
        .normalize()
        .resolve(".crescendo");
  }
}
