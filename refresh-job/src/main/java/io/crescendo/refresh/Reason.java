package io.crescendo.refresh;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Says in one line why something failed. */
final class Reason {

  private static final String NO_CREDENTIALS = "Unable to load credentials from any";
  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired");
  private static final Set<String> UNKNOWN_KEY =
      Set.of("InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId");

  private Reason() {}

  /**
   * The reason of a failure: short for the SDK's failures, which else repeat their whole
   * configuration; for anything else its message.
   */
  static String of(Throwable e) {
    if (lacksCredentials(e)) {
      return "No AWS credentials found (environment, system properties, profile, container,"
          + " instance); set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE";
    }
    if (e instanceof AwsServiceException failure && failure.awsErrorDetails() != null) {
      return service(failure);
    }
    if (e instanceof FileSystemException failure) {
      return file(failure);
    }
    return e.getMessage() == null ? e.getClass().getName() : e.getMessage();
  }

  /** Whether the failure is that no credentials were found, so that no other request can work. */
  static boolean lacksCredentials(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t.getMessage() != null && t.getMessage().startsWith(NO_CREDENTIALS)) {
        return true;
      }
    }
    return false;
  }

  /** Such a failure is known by its class, and its message is often nothing but the file. */
  private static String file(FileSystemException e) {
    String why =
        e instanceof NoSuchFileException
            ? "no such file or directory"
            : e instanceof AccessDeniedException
                ? "permission denied"
                : e instanceof FileAlreadyExistsException ? "exists already" : e.getReason();
    return "%s: %s".formatted(why == null ? e.getClass().getSimpleName() : why, e.getFile());
  }

  private static String service(AwsServiceException e) {
    String code = e.awsErrorDetails().errorCode();
    String message = e.awsErrorDetails().errorMessage();
    // an answer without a body has no code, and one with a body not always a message
    String reason =
        Stream.of(code, message)
            .filter(s -> s != null && !s.isBlank())
            .collect(Collectors.joining(": "));
    String said =
        "%s (%s, HTTP %s, request %s)"
            .formatted(
                reason.isEmpty() ? "no reason given" : reason,
                e.awsErrorDetails().serviceName(),
                e.statusCode(),
                e.requestId());
    if (code != null && EXPIRED.contains(code)) {
      return "The AWS credentials have expired: " + said;
    }
    return code != null && UNKNOWN_KEY.contains(code)
        ? "AWS does not know these credentials: " + said
        : said;
  }
}
