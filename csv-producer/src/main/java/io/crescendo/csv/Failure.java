package io.crescendo.csv;

import io.crescendo.registry.RegistryException;
import io.crescendo.schemas.Terminal;
import io.crescendo.schemas.TopicCreationException;
import java.io.IOException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.ExitCode;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What went wrong, for the person who typed the command.
 *
 * @param message safe to print
 * @param exitCode one of the documented ones, not 0
 */
record Failure(String message, int exitCode) {

  /** Kafka or the S3 store failed: it may pass. */
  static final int SERVICE = ExitCode.SOFTWARE;

  static final int TOO_MANY_REJECTS = 3;

  /** The exit code of several sources: that of the gravest failure, which has the lowest number. */
  static int gravest(int exitCode, int another) {
    return exitCode == ExitCode.OK || another == ExitCode.OK
        ? Math.max(exitCode, another)
        : Math.min(exitCode, another);
  }

  /** Whether trying again may help. */
  boolean mayPass() {
    return exitCode == SERVICE;
  }

  /** What a failure means; rethrows what nobody has foreseen. */
  static Failure of(Exception e) {
    if (e instanceof UnusableSourceException || e instanceof ConfigException) {
      return new Failure(e.getMessage(), ExitCode.USAGE);
    }
    if (e instanceof TooManyRejectsException) {
      return new Failure(e.getMessage(), TOO_MANY_REJECTS);
    }
    if (e instanceof PublishException publish) {
      return new Failure(e.getMessage(), publish.isOfSource() ? ExitCode.USAGE : SERVICE);
    }
    if (e instanceof RegistryException || e instanceof TopicCreationException) {
      return new Failure(e.getMessage() + "; nothing was published", SERVICE);
    }
    if (e instanceof KafkaException) {
      return new Failure("Kafka: " + e.getMessage(), SERVICE);
    }
    if (e instanceof SdkException) {
      return new Failure(Terminal.harmless("S3 store: " + e.getMessage()), SERVICE);
    }
    throw e instanceof RuntimeException unforeseen ? unforeseen : new IllegalStateException(e);
  }

  /** As {@link #of}, of a source that was only read. */
  static Failure reading(Source source, Exception e) {
    if (e instanceof IOException) {
      return new Failure(
          Terminal.harmless("%s: cannot be read to its end (%s)".formatted(source.name(), e)),
          ExitCode.USAGE);
    }
    Failure failure = of(e);
    return e instanceof SdkException
        ? new Failure(
            "%s: %s".formatted(Terminal.harmless(source.name()), failure.message()),
            failure.exitCode())
        : failure;
  }
}
