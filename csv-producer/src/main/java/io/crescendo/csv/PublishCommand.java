package io.crescendo.csv;

import io.crescendo.registry.RegistryException;
import io.crescendo.registry.RegistryOptions;
import io.crescendo.schemas.AvroFormat;
import io.crescendo.schemas.Terminal;
import io.crescendo.schemas.TopicCreationException;
import io.crescendo.schemas.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
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
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every source was read to its end",
      "1:Kafka or the S3 store failed; what was not published is said",
      "2:bad usage or configuration, or a source is not there, not an artist file, or broken",
      "3:more rows break a rule than --max-reject-rate allows"
    },
    footer = "Of several, the lowest. After 2 and 3 the other sources are published all the same.")
public final class PublishCommand implements Callable<Integer> {

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
      converter = ObservationTime.Converter.class,
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
    } catch (UnusableSourceException | RegistryException | KafkaException | SdkException e) {
      return fail(e, err);
    } catch (TopicCreationException e) {
      return fail(e, err);
    }
  }

  private static int fail(Exception e, PrintWriter err) {
    Failure failure = Failure.of(e);
    err.println(failure.message());
    return failure.exitCode();
  }

  private PublishOptions options() {
    List<String> problems = new ArrayList<>();
    if (rate != null && !(rate > 0)) {
      problems.add("--rate must be more than 0, got " + rate);
    }
    if (watchInterval < 1) {
      problems.add("--watch-interval must be at least 1 second, got " + watchInterval);
    }
    if (observedAt != null && !ObservationTime.isSane(observedAt)) {
      problems.add("--observed-at must lie in the years 1970 to 9999, got " + observedAt);
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

  private int showMapping(List<Source> sources, ReadingOptions options, PrintWriter err) {
    PrintWriter out = spec.commandLine().getOut();
    int exitCode = ExitCode.OK;
    for (Source source : sources) {
      try (ArtistFileReader rows = ArtistFileReader.open(source, options)) {
        out.println(Excerpt.of(source.name()));
        rows.explain(EXAMPLE_ROWS).forEach(line -> out.println("  " + line));
        out.flush();
      } catch (UnusableSourceException | IOException | SdkException e) {
        Failure failure = Failure.reading(source, e);
        err.println(failure.message());
        exitCode = Failure.gravest(exitCode, failure.exitCode());
      }
    }
    return exitCode;
  }

  private int check(List<Source> sources, PublishOptions options, PrintWriter err) {
    List<QualityReport> reports = new ArrayList<>();
    Map<String, String> errors = new LinkedHashMap<>();
    int exitCode = ExitCode.OK;
    for (Source source : sources) {
      try {
        QualityReport report = QualityReport.of(source, options.reading());
        reports.add(report);
        if (!quiet) {
          QualityText.print(report, spec.commandLine().getOut());
        }
        if (report.rejectRate() > options.maxRejectRate()) {
          exitCode = Failure.gravest(exitCode, Failure.TOO_MANY_REJECTS);
        }
      } catch (UnusableSourceException | IOException | SdkException e) {
        Failure failure = Failure.reading(source, e);
        err.println(failure.message());
        errors.put(source.name(), failure.message());
        exitCode = Failure.gravest(exitCode, failure.exitCode());
      }
    }
    return Failure.gravest(
        exitCode, summarise(file -> QualityText.write(reports, errors, file), err));
  }

  private int publish(SourceArguments sources, PublishOptions options, PrintWriter err) {
    Map<String, Object> properties = kafka.properties();
    AvroFormat format =
        registry
            .registry()
            .map(r -> AvroFormat.writing(r, true, List.of(Topics.ARTIST_REJECTS)))
            .orElseGet(AvroFormat::singleObject);
    List<Source> first = watch ? List.of() : sources.resolve(arguments);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter asides = quiet ? new PrintWriter(Writer.nullWriter()) : err;
    try (PublishDisplay display = new PublishDisplay(asides, this::meter);
        NeededTopics topics = new NeededTopics(properties);
        CsvPublisher publisher = new CsvPublisher(properties, topics::admin, display, format);
        Closing closing = new Closing(publisher)) {
      Publication publication =
          new Publication(
              publisher,
              display,
              options,
              observedAt,
              summary != null,
              quiet ? new PrintWriter(Writer.nullWriter()) : out,
              err);
      int exitCode = ExitCode.OK;
      try {
        topics.create(asides);
        if (watch) {
          publication.watch(
              sources,
              arguments,
              Duration.ofSeconds(watchInterval),
              () -> summarise(publication, err));
        }
        exitCode = publication.publish(first);
      } finally {
        exitCode = Failure.gravest(exitCode, summarise(publication, err));
      }
      return exitCode;
    }
  }

  private int summarise(Publication publication, PrintWriter err) {
    return summarise(file -> PublishSummary.write(publication.outcomes(), file), err);
  }

  /** Something that writes a file. */
  private interface Summary {
    void write(Path file) throws IOException;
  }

  /**
   * Returns an exit code; never throws, because what it sums up may be a failure that counts more.
   */
  private int summarise(Summary writer, PrintWriter err) {
    if (summary == null) {
      return ExitCode.OK;
    }
    try {
      writer.write(summary);
      return ExitCode.OK;
    } catch (IOException e) {
      err.println(
          Terminal.harmless("--summary: '%s' cannot be written (%s)".formatted(summary, e)));
      return ExitCode.USAGE;
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
