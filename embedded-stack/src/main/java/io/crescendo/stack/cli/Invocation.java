package io.crescendo.stack.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * What a command line asks of the services around it, and whether it says itself where they are.
 */
final class Invocation {

  private static final String S3_ENDPOINT = "--s3-endpoint";
  private static final String BOOTSTRAP = "--bootstrap-server";

  private final ParseResult parsed;

  private Invocation(ParseResult parsed) {
    this.parsed = parsed;
  }

  /** Of the arguments of the JVM; empty where they are wrong, which running them tells. */
  static Optional<Invocation> of(String... args) {
    try {
      ParseResult result = Crescendo.commandLine(Optional.empty()).parseArgs(args);
      boolean help = isHelp(result);
      while (result.hasSubcommand()) {
        result = result.subcommand();
        help |= isHelp(result);
      }
      return help ? Optional.empty() : Optional.of(new Invocation(result));
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
   * Why it cannot be run while no stack runs. Left to themselves, clients of S3 would take
   * somebody's buckets on AWS for those of the stack, and clients of Kafka whatever listens at the
   * usual address.
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
        ("No stack runs with the data directory %s, so '%s' has no S3. Start one with ./crescendo up,"
                + " or say which S3 is meant: --s3-endpoint URI, or --s3-region REGION for AWS.")
            .formatted(dataDir, parsed.commandSpec().qualifiedName()));
  }

  /** Whether it goes to brokers, and only the default says which. */
  private boolean leavesBrokersToDefault() {
    CommandSpec spec = parsed.commandSpec();
    return spec.findOption(BOOTSTRAP) != null
        // its settings may come from a file or the environment
        && !spec.name().equals("streams")
        && !parsed.hasMatchedOption("--kafka-config")
        && !parsed.hasMatchedOption("--check")
        && !parsed.hasMatchedOption("--show-mapping")
        && parsed.originalArgs().stream().noneMatch(a -> a.startsWith(KafkaCommand.BROKERS));
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
