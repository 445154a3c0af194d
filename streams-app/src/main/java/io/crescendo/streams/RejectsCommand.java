package io.crescendo.streams;

import io.crescendo.registry.RegistryException;
import io.crescendo.registry.RegistryOptions;
import io.crescendo.schemas.AvroFormat;
import io.crescendo.schemas.Terminal;
import io.crescendo.schemas.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What became of the records that broke a rule: shows them, and sends them back. */
@Command(
    name = "rejects",
    mixinStandardHelpOptions = true,
    description = "Shows the records of artist-rejects, and sends them back.",
    subcommands = {RejectsCommand.Show.class, RejectsCommand.SendBack.class})
public final class RejectsCommand implements Callable<Integer> {

  private static final int FAILED = 1;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return CommandLine.ExitCode.USAGE;
  }

  /** Prints one JSON object per line, which {@link SendBack} reads again. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {
        "Prints rejects, one JSON object per line.",
        "Keep the lines in a file, correct key and value, and send them with 'rejects replay --file'."
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:done",
        "1:the brokers did not answer or refused, or a record is no reject",
        "2:wrong usage"
      })
  static final class Show implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private KafkaOptions kafka;
    @Mixin private RejectOptions options;
    @Mixin private RegistryOptions registry;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      return reached(
          spec,
          () ->
              forEach(
                  spec,
                  kafka,
                  registry,
                  record -> {
                    if (options.chosen(record)) {
                      out.println(Terminal.harmless(record.line().toString()));
                    }
                    // The disk is full, or whoever read the lines has gone away, as head does.
                    return !out.checkError();
                  }));
    }
  }

  /** Sends rejects back to {@code artist-updates}. */
  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = {
        "Sends rejects back to artist-updates: the corrected lines of a file, or those that the "
            + "options choose, as they were received.",
        "A record that does not state observed_at gets the time of its first publication, so that "
            + "it does not win over what came since."
      },
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:done",
        "1:the brokers did not answer or refused, or a record is no reject",
        "2:wrong usage"
      })
  static final class SendBack implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private KafkaOptions kafka;
    @Mixin private RejectOptions options;
    @Mixin private RegistryOptions registry;

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "Lines of 'rejects list', corrected, instead of the topic.")
    private Path file;

    @Option(names = "--all", description = "Everything in the topic.")
    private boolean all;

    @Option(names = "--dry-run", description = "Sends nothing, and tells what it would send.")
    private boolean dryRun;

    @Override
    public Integer call() {
      if (file == null && !all && !options.choose()) {
        throw new ParameterException(
            spec.commandLine(),
            "Say what to send back: --file, --reason, --since, --until or --all; nothing was sent");
      }
      if (file != null && (all || options.choose())) {
        throw new ParameterException(
            spec.commandLine(),
            "Either --file or --reason, --since, --until and --all; choose for a file with"
                + " 'rejects list'; nothing was sent");
      }
      return reached(
          spec,
          () -> {
            try (Replay replay = new Replay(kafka.client(), dryRun)) {
              boolean whole = file == null ? sendChosen(replay) : sendFile(replay);
              spec.commandLine().getOut().println(replay.finish());
              spec.commandLine().getOut().flush();
              return whole;
            }
          });
    }

    private boolean sendChosen(Replay replay) {
      return forEach(
          spec,
          kafka,
          registry,
          record -> {
            if (options.chosen(record)) {
              replay.send(record);
            }
            return true;
          });
    }

    /** All lines are read before the first is sent. */
    private boolean sendFile(Replay replay) {
      AtomicInteger number = new AtomicInteger();
      try (BufferedReader in = Utf8.reader(file)) {
        in.lines()
            .map(line -> parsed(line, number.incrementAndGet()))
            .filter(java.util.Objects::nonNull)
            .toList()
            .forEach(replay::send);
        return true;
      } catch (IOException | UncheckedIOException e) {
        throw new ParameterException(
            spec.commandLine(),
            "File '%s' cannot be read: %s; nothing was sent".formatted(file, reason(e)));
      }
    }

    private static String reason(Exception e) {
      Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
      if (cause instanceof CharacterCodingException) {
        return "it must be lines of JSON in UTF-8, as 'rejects list' prints them, got other bytes";
      }
      if (cause instanceof NoSuchFileException) {
        return "there is no such file";
      }
      return cause instanceof AccessDeniedException ? "permission denied" : cause.getMessage();
    }

    private RejectedRecord parsed(String line, int number) {
      if (line.isBlank()) {
        return null;
      }
      try {
        return RejectedRecord.of(line);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(
            spec.commandLine(),
            Terminal.harmless(
                "%s:%s: %s; nothing was sent".formatted(file, number, e.getMessage())));
      }
    }
  }

  private static boolean forEach(
      CommandSpec spec,
      KafkaOptions kafka,
      RegistryOptions registry,
      Predicate<RejectedRecord> told) {
    AvroFormat format =
        registry.registry().map(AvroFormat::reading).orElseGet(AvroFormat::singleObject);
    PrintWriter err = spec.commandLine().getErr();
    RejectTopic topic = new RejectTopic(format, m -> err.println(Terminal.harmless(m)));
    try (Consumer<byte[], byte[]> consumer = RejectTopic.consumer(kafka.client())) {
      return topic.forEach(consumer, told);
    }
  }

  /** Exit code of work that says whether it did everything. */
  private static int reached(CommandSpec spec, BooleanSupplier work) {
    try {
      return work.getAsBoolean() ? CommandLine.ExitCode.OK : FAILED;
    } catch (InvalidSettingsException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    } catch (KafkaException | RegistryException e) {
      String why = e.getCause() == null ? e.getMessage() : e.getMessage() + ": " + e.getCause();
      spec.commandLine()
          .getErr()
          .println(
              "%s could not be read or sent back: %s".formatted(Topics.ARTIST_REJECTS.name(), why));
      return FAILED;
    }
  }
}
