package io.crescendo.stack.cli;

import io.crescendo.stack.Endpoints;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * What a command line asks of the services around it, and whether it says itself where they are.
 */
final class Invocation {

  private static final String S3_ENDPOINT = "--s3-endpoint";
  private static final String BOOTSTRAP = "--bootstrap-server";

  private static final String REGISTRY = "--schema-registry";
  private static final String REGISTRY_SETTING = "schema.registry.url";
  private static final Set<String> STARTS_A_STACK = Set.of("up", "demo");
  private static final String BROKERS = CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;
  private static final String STREAMS = "streams";

  /** As the streams app reads its setting of that name. */
  private static final String BROKERS_VARIABLE = "CRESCENDO_STREAMS_BOOTSTRAP_SERVERS";

  private final ParseResult parsed;
  private final Optional<String> brokers;

  private Invocation(ParseResult parsed, Map<String, String> environment) {
    this.parsed = parsed;
    this.brokers = brokers(parsed, environment);
  }

  /** As the other, with the environment of the process. */
  static Optional<Invocation> of(String... args) {
    return of(System.getenv(), args);
  }

  /** Of the arguments of the JVM; empty where they are wrong, which running them tells. */
  static Optional<Invocation> of(Map<String, String> environment, String... args) {
    try {
      ParseResult result = Crescendo.commandLine(Optional.empty()).parseArgs(args);
      boolean help = isHelp(result);
      while (result.hasSubcommand()) {
        result = result.subcommand();
        help |= isHelp(result);
      }
      return help ? Optional.empty() : Optional.of(new Invocation(result, environment));
    } catch (CommandLine.ParameterException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether it says which S3 it means: an endpoint, a region, or the services of AWS. Then neither
   * the endpoint of a running stack nor its key pair may take the place of that.
   */
  boolean namesStore() {
    return parsed.hasMatchedOption(S3_ENDPOINT)
        || parsed.hasMatchedOption("--s3-region")
        || parsed.commandSpec().name().equals("provision")
        || "aws".equals(String.valueOf(value("--services")));
  }

  /**
   * Whether it may mean a running stack: it names no brokers, or those of the stack. One that names
   * others is for another cluster, where neither the stack's registry knows the schemas, nor its
   * key pair lets anybody in.
   */
  boolean mayMean(Endpoints running) {
    return brokers
        .map(named -> onThisMachine(named).equals(running.bootstrapServers()))
        .orElse(true);
  }

  /**
   * Why it cannot be run while no stack runs that it may mean. Left to themselves, clients of S3
   * would take somebody's buckets on AWS for those of the stack, and clients of Kafka whatever
   * listens at the usual address.
   */
  Optional<String> problemWithoutStack(Path dataDir) {
    if (leavesBrokersToDefault()) {
      return Optional.of(
          ("No stack runs with the data directory %s, so '%s' has no brokers. Start one with"
                  + " ./crescendo up, name the directory of another in %s, or say which brokers are"
                  + " meant: --bootstrap-server HOST:PORT.")
              .formatted(
                  dataDir, parsed.commandSpec().qualifiedName(), Crescendo.DATA_DIR_VARIABLE));
    }
    if (!needsStore() || namesStore()) {
      return Optional.empty();
    }
    return Optional.of(
        ("No stack runs with the data directory %s%s, so '%s' has no S3. Start one with ./crescendo up,"
                + " or say which S3 is meant: --s3-endpoint URI, or --s3-region REGION for AWS.")
            .formatted(
                dataDir,
                brokers.map(named -> " and the brokers that it names").orElse(""),
                parsed.commandSpec().qualifiedName()));
  }

  /**
   * Why it cannot be run with a running stack: it names a registry that the stack has not. What it
   * wrote in the format of that one, neither the stack's sink nor a viewer could read, and one such
   * record stops the sink. What only the environment names gives way to the stack's.
   */
  Optional<String> problemWithStack(Endpoints running) {
    if (STARTS_A_STACK.contains(parsed.commandSpec().name())) {
      return Optional.empty();
    }
    String theirs = running.schemaRegistry();
    return registry()
        .filter(named -> !onThisMachine(named).equals(onThisMachine(theirs)))
        .map(
            named ->
                ("%s must be that of the stack that runs at %s, which %s, got %s; nothing was done. Leave it"
                        + " out, or start the stack with it: ./crescendo up --schema-registry URL")
                    .formatted(
                        REGISTRY,
                        running.bootstrapServers(),
                        theirs.isEmpty() ? "uses none" : "is " + theirs,
                        named));
  }

  /** The registry that it names. */
  private Optional<String> registry() {
    return parsed.hasMatchedOption(REGISTRY)
        ? Optional.of(String.join(",", parsed.matchedOption(REGISTRY).originalStringValues()))
        : property(parsed, "--set", REGISTRY_SETTING)
            .or(() -> inFile(parsed, "--config", REGISTRY_SETTING))
            .filter(named -> !named.isBlank());
  }

  private static String onThisMachine(String addresses) {
    return addresses.replace("localhost", "127.0.0.1");
  }

  /** Whether it goes to brokers, and only the default says which. */
  private boolean leavesBrokersToDefault() {
    CommandSpec spec = parsed.commandSpec();
    return spec.findOption(BOOTSTRAP) != null
        // its settings may come from a file or the environment
        && !spec.name().equals(STREAMS)
        && brokers.isEmpty()
        && !parsed.hasMatchedOption("--check")
        && !parsed.hasMatchedOption("--show-mapping");
  }

  /** The brokers that it names, the strongest way of naming them first; empty for the default. */
  private static Optional<String> brokers(ParseResult parsed, Map<String, String> environment) {
    return typed(parsed.originalArgs())
        .or(() -> property(parsed, "--kafka-property", BROKERS))
        .or(() -> property(parsed, "--set", BROKERS))
        .or(
            () ->
                parsed.commandSpec().name().equals(STREAMS)
                    ? Optional.ofNullable(environment.get(BROKERS_VARIABLE))
                    : Optional.empty())
        .or(() -> inFile(parsed, "--config", BROKERS))
        .or(() -> inFile(parsed, "--kafka-config", BROKERS));
  }

  /** As an option, which may be one of a Kafka tool. */
  private static Optional<String> typed(List<String> args) {
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.startsWith(KafkaCommand.BROKERS)) {
        int value = arg.indexOf('=') + 1;
        return Optional.of(
            value > 0 ? arg.substring(value) : i + 1 < args.size() ? args.get(i + 1) : "");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> property(ParseResult parsed, String option, String key) {
    Map<String, String> properties = parsed.matchedOptionValue(option, Map.of());
    return Optional.ofNullable(properties.get(key));
  }

  private static Optional<String> inFile(ParseResult parsed, String option, String key) {
    Path file = parsed.matchedOptionValue(option, null);
    if (file == null) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of(""); // whatever it names; running the command tells what is wrong with it
    }
    return Optional.ofNullable(properties.getProperty(key));
  }

  private boolean needsStore() {
    if (parsed.commandSpec().findOption(S3_ENDPOINT) == null) {
      return false;
    }
    // files of this machine are published without
    return !parsed.commandSpec().name().equals("publish")
        || parsed.originalArgs().stream().anyMatch(a -> a.startsWith("s3://"));
  }

  private Object value(String option) {
    return parsed.commandSpec().findOption(option) == null
        ? null
        : parsed.commandSpec().findOption(option).getValue();
  }

  private static boolean isHelp(ParseResult result) {
    return result.isUsageHelpRequested()
        || result.isVersionHelpRequested()
        || result.commandSpec().helpCommand();
  }
}
