package io.crescendo.csv;

import io.crescendo.registry.RegistryException;
import io.crescendo.registry.RegistryOptions;
import io.crescendo.schemas.AvroFormat;
import io.crescendo.schemas.TopicCreationException;
import io.crescendo.schemas.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code publish}: artist files into the topic {@code artist-updates}. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes artist files to the topic artist-updates, each row exactly once.",
      "Rows that break a rule go to artist-rejects, with the rule; the others go on. Run again after",
      "a failure, it goes on where it stopped; a file that was published is not published again."
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  every source was read to its end",
      "  1  Kafka or the S3 store failed; what was not published is said",
      "  2  bad usage or configuration, or a source is not there or not an artist file",
      "  3  more rows break a rule than --max-reject-rate allows"
    })
public final class PublishCommand implements Callable<Integer> {

  private static final int TOO_MANY_REJECTS = 3;
  private static final int EXAMPLE_ROWS = 3;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private RegistryOptions registry;
  @Mixin private S3Options s3;
  @Mixin private ReadingFlags reading;

  @Parameters(
      paramLabel = "SOURCE",
      arity = "1..*",
      description = {
        "File, directory, pattern such as 'data/**.csv', - for standard input, s3://bucket/key or",
        "s3://bucket/prefix/. Files may be packed with gzip or zstd. In directories and buckets,",
        "artist files are those that end in .csv, .tsv or .txt, also with .gz or .zst."
      })
  private List<String> arguments;

  @Option(
      names = "--observed-at",
      paramLabel = "INSTANT",
      description = {
        "When the figures were true, such as 2026-01-31T00:00:00Z; a column observed_at of the file",
        "goes before it. Default: the file's modification time; in S3 the user metadata observed-at,",
        "else LastModified; for standard input now."
      })
  private Instant observedAt;

  @Option(
      names = "--again",
      description = "Publish from the first row, whatever was published before.")
  private boolean again;

  @Option(
      names = "--check",
      description = "Publish nothing; print what is in the files and what would be rejected.")
  private boolean check;

  @Option(
      names = "--show-mapping",
      description = "Publish nothing; print which column would be taken for what, and why.")
  private boolean showMapping;

  @Option(
      names = "--max-reject-rate",
      paramLabel = "SHARE",
      converter = Share.Converter.class,
      description = {
        "Publish nothing of a file of whose rows more than this share would be rejected, such as",
        "0.01 or 1%% (default: no limit). Reads files twice; standard input is judged as it comes."
      })
  private Share maxRejectRate;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Publish at most N rows in a second (default: as many as go).")
  private Double rate;

  @Option(
      names = "--watch",
      description = {
        "Do not end; publish files as they appear in the sources, each once. A file counts when it",
        "has not changed from one look to the next."
      })
  private boolean watch;

  @Option(
      names = "--watch-interval",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "Time between looks (default: ${DEFAULT-VALUE}).")
  private int watchInterval;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Write what became of the rows to this file, as JSON.")
  private Path summary;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print nothing but failures.")
  private boolean quiet;

  /** Publishes and returns the exit code. */
  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try (SourceArguments sources = new SourceArguments(s3::client)) {
      PublishOptions options = options();
      if (showMapping) {
        return showMapping(sources.resolve(arguments), options.reading(), err);
      }
      if (check) {
        return check(sources.resolve(arguments), options, err);
      }
      return publish(sources, options, err);
    } catch (UnusableSourceException | ConfigException e) {
      err.println(e.getMessage());
      return ExitCode.USAGE;
    } catch (TooManyRejectsException e) {
      err.println(e.getMessage());
      return TOO_MANY_REJECTS;
    } catch (PublishException e) {
      err.println(e.getMessage());
    } catch (RegistryException e) {
      err.println(e.getMessage() + "; nothing was published");
    } catch (TopicCreationException e) {
      err.println(e.getMessage() + "; nothing was published");
    } catch (KafkaException e) {
      err.println("Kafka: " + e.getMessage());
    } catch (SdkException e) {
      err.println("S3 store: " + e.getMessage());
    } catch (IOException e) {
      err.println("A file could not be read or written: " + e);
    }
    return ExitCode.SOFTWARE;
  }

  private PublishOptions options() {
    List<String> problems = new ArrayList<>();
    if (rate != null && !(rate > 0)) {
      problems.add("--rate must be more than 0, got " + rate);
    }
    if (watchInterval < 1) {
      problems.add("--watch-interval must be at least 1 second, got " + watchInterval);
    }
    if (watch && (check || showMapping || arguments.contains(SourceArguments.STDIN))) {
      problems.add("--watch cannot go with --check, --show-mapping or standard input");
    }
    if (!problems.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("; ", problems));
    }
    return new PublishOptions(
        reading.options(),
        again,
        rate == null ? 0 : rate,
        maxRejectRate == null ? 1 : maxRejectRate.value());
  }

  private int showMapping(List<Source> sources, ReadingOptions options, PrintWriter err)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    int exit = ExitCode.OK;
    for (Source source : sources) {
      try (ArtistFileReader rows = ArtistFileReader.open(source, options)) {
        out.println(Excerpt.of(source.name()));
        rows.explain(EXAMPLE_ROWS).forEach(line -> out.println("  " + line));
        out.flush();
      } catch (UnusableSourceException e) {
        err.println(e.getMessage());
        exit = ExitCode.USAGE;
      }
    }
    return exit;
  }

  private int check(List<Source> sources, PublishOptions options, PrintWriter err)
      throws IOException {
    List<QualityReport> reports = new ArrayList<>();
    int exit = ExitCode.OK;
    for (Source source : sources) {
      try {
        QualityReport report = QualityReport.of(source, options.reading());
        reports.add(report);
        if (!quiet) {
          QualityText.print(report, spec.commandLine().getOut());
        }
        if (report.rejectRate() > options.maxRejectRate() && exit == ExitCode.OK) {
          exit = TOO_MANY_REJECTS;
        }
      } catch (UnusableSourceException e) {
        err.println(e.getMessage());
        exit = ExitCode.USAGE;
      }
    }
    if (summary != null) {
      QualityText.write(reports, summary);
    }
    return exit;
  }

  private int publish(SourceArguments sources, PublishOptions options, PrintWriter err)
      throws IOException {
    Map<String, Object> properties = kafka.properties();
    AvroFormat format =
        registry
            .registry()
            .map(r -> AvroFormat.writing(r, true, List.of(Topics.ARTIST_REJECTS)))
            .orElseGet(AvroFormat::singleObject);
    List<Source> first = watch ? List.of() : sources.resolve(arguments);
    List<PublishReport> reports = new ArrayList<>();
    int exit = ExitCode.OK;
    try (PublishDisplay display = new PublishDisplay(err, this::meter);
        CsvPublisher publisher = new CsvPublisher(properties, display, format);
        Closing closing = new Closing(publisher)) {
      NeededTopics.create(properties, err);
      if (watch) {
        watch(sources, options, publisher, display, err);
      }
      for (Source source : first) {
        PublishReport report = publish(source, options, publisher, display, err);
        if (report == null) {
          exit = ExitCode.USAGE;
        } else {
          reports.add(report);
        }
      }
    } finally {
      if (summary != null) {
        PublishSummary.write(reports, summary);
      }
    }
    return exit;
  }

  /** Until the program is told to end. */
  private void watch(
      SourceArguments sources,
      PublishOptions options,
      CsvPublisher publisher,
      PublishDisplay display,
      PrintWriter err) {
    Watch files = new Watch(() -> sources.resolveSoFar(arguments));
    String trouble = null;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        for (Source source : files.look()) {
          publish(source, options, publisher, display, err);
        }
        trouble = null;
      } catch (UnusableSourceException e) {
        if (!e.getMessage().equals(trouble)) { // said once, not at every look
          trouble = e.getMessage();
          err.println(trouble);
        }
      } catch (TooManyRejectsException e) {
        err.println(e.getMessage());
      }
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(watchInterval));
    }
  }

  /** Returns null if the source cannot be used, which has then been said. */
  private PublishReport publish(
      Source source,
      PublishOptions options,
      CsvPublisher publisher,
      PublishDisplay display,
      PrintWriter err) {
    display.begin(source);
    try {
      PublishReport report =
          publisher.publish(
              observedAt == null ? source : source.withObservedAt(observedAt), options);
      String line = display.end(report);
      if (!quiet) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
      }
      return report;
    } catch (UnusableSourceException e) {
      display.close();
      err.println(e.getMessage());
      err.flush();
      return null;
    }
  }

  private Meter meter(Source source) {
    if (quiet) {
      return Meter.none();
    }
    return Ansi.AUTO.enabled()
        ? Meter.bar(source)
        : Meter.lines(source, spec.commandLine().getErr());
  }
}
