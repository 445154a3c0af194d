package io.crescendo.streams;

import io.crescendo.schemas.Topics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs the streams app until it is interrupted.
 *
 * <p>Settings come, the later winning, from {@code --kafka-config}, {@code --config}, the
 * environment ({@code CRESCENDO_STREAMS_COMMIT_INTERVAL}), {@code --set}, {@code --kafka-property}
 * and {@code --bootstrap-server}. Exit codes: 0 after a clean end by Ctrl-C or SIGTERM, the
 * signal's where it came before the brokers were reached, 1 after a failure, 2 for bad settings.
 */
@Command(
    name = "streams",
    mixinStandardHelpOptions = true,
    description = "Enriches artist updates and keeps follower totals by genre, until Ctrl-C.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:ended by Ctrl-C or SIGTERM; before it reached the brokers that is 130 or 143",
      "1:failed",
      "2:bad settings, nothing was started"
    })
public final class StreamsCommand implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final int BAD_SETTINGS = 2;

  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties file of settings; --list-settings prints them.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "SETTING=VALUE",
      description = "One setting, such as commit.interval=PT5S; may be repeated.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--schema-registry",
      paramLabel = "URL",
      description =
          "Schema registry whose wire format is written; the setting schema.registry.url.")
  private String schemaRegistry;

  @Option(names = "--list-settings", description = "Prints all settings with defaults, and ends.")
  private boolean listSettings;

  @Option(
      names = "--topology",
      description = "Prints the topology as a Mermaid flowchart, and ends.")
  private boolean topology;

  /** A command that reads the environment of the process. */
  public StreamsCommand() {
    this(System.getenv());
  }

  /** A command that reads the given environment. */
  public StreamsCommand(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Runs the command alone, and ends the JVM with its exit code. */
  public static void main(String... args) {
    System.exit(new CommandLine(new StreamsCommand()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (listSettings) {
      listSettings(out);
      return 0;
    }
    try {
      if (topology) {
        StreamsSettings settings = settings();
        out.print(TopologyDiagram.of(ArtistTopology.of(settings, settings.families()).describe()));
        out.flush();
        return 0;
      }
      return run(settings(), out);
    } catch (InvalidSettingsException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return BAD_SETTINGS;
    } catch (StreamsStartException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return FAILED;
    }
  }

  private int run(StreamsSettings settings, PrintWriter out) throws InterruptedException {
    // Brokers that are not there are waited for, which would else look as if it hung.
    out.printf(
        "Connecting to %s, for up to %s (%s) ...%n",
        settings.bootstrapServers(), settings.startTimeout(), Setting.START_TIMEOUT.key());
    out.flush();
    try (StreamsApp app = StreamsApp.start(settings);
        StopOnSignal signal = new StopOnSignal(app)) {
      app.awaitRunning();
      out.printf(
          "Running: %s at %s, application '%s', state in %s. Ctrl-C ends it.%n",
          Topics.ARTIST_UPDATES.name(),
          settings.bootstrapServers(),
          settings.applicationId(),
          settings.stateDir());
      app.questions()
          .ifPresent(
              uri -> out.printf("Questions: %s/genres, described by %s/openapi.json%n", uri, uri));
      out.flush();
      app.awaitEnd();
      if (app.failure().isEmpty()) {
        return 0;
      }
      spec.commandLine()
          .getErr()
          .printf(
              "The streams app stopped, because its threads died too often: %s%n",
              app.failure().get());
      return FAILED;
    }
  }

  private StreamsSettings settings() {
    SettingSources ours = new SettingSources();
    if (config != null) {
      ours.file(config);
    }
    ours.environment(environment);
    ours.setAll(set);
    if (schemaRegistry != null) {
      ours.set(Setting.SCHEMA_REGISTRY_URL.key(), schemaRegistry);
    }
    return kafka.around(ours).settings();
  }

  private static void listSettings(PrintWriter out) {
    for (Setting setting : Setting.values()) {
      out.printf("%s=%s%n    %s%n", setting.key(), setting.defaultValue(), setting.doc());
    }
    out.printf(
        "%s<name>=%n    any property of Kafka Streams and its clients%n", Setting.KAFKA_PREFIX);
    out.flush();
  }
}
