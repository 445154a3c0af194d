package io.crescendo.connect.s3.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * What failures of requests mean.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3's error
 *     codes</a>
 */
final class Failures {

  /** What is to be said of a question that is forbidden. */
  static final String RIGHTS_TO_ASK =
      "; who asks needs s3:GetObject on this object, and s3:ListBucket on its bucket to be told that there is none";

  private static final int FORBIDDEN = 403;

  private static final int TIMEOUT = 408;

  /** A write of the same key is under way; S3 asks to repeat. */
  private static final int CONFLICT = 409;

  private static final int SERVER_ERROR = 500;

  private static final int NOT_IMPLEMENTED = 501;

  /** What a server says of itself, and will say again: 505 is about the version of HTTP. */
  private static final Set<Integer> LASTING = Set.of(NOT_IMPLEMENTED, 505);

  private static final int PRECONDITION = 412;

  /** Of credentials that a provider replaces. */
  private static final Set<String> EXPIRED = Set.of("ExpiredToken", "TokenRefreshRequired");

  private static final String NO_BUCKET = "NoSuchBucket";

  /**
   * Those that pass whatever the status. A body that came short or damaged may come whole the next
   * time; and what S3 finds out while it puts parts together comes with status 200.
   */
  private static final Set<String> PASSING =
      Set.of(
          "RequestTimeout",
          "RequestTimeoutException",
          "PriorRequestNotComplete",
          "IncompleteBody",
          "BadDigest",
          "XAmzContentSHA256Mismatch",
          "InternalError",
          "ServiceUnavailable",
          "ConditionalRequestConflict",
          "OperationAborted");

  private Failures() {}

  /** Whether the same request may succeed later. */
  static boolean mayPass(AwsServiceException e) {
    return (e.statusCode() >= SERVER_ERROR && !LASTING.contains(e.statusCode()))
        || e.statusCode() == TIMEOUT
        || e.statusCode() == CONFLICT
        || e.isThrottlingException()
        || e.isClockSkewException()
        || PASSING.contains(code(e))
        || EXPIRED.contains(code(e));
  }

  /**
   * As {@link #mayPass(AwsServiceException)}, of a request without an answer: not if the SDK
   * refuses to send it, as one to a bucket whose name does not fit the other settings.
   */
  static boolean mayPass(SdkClientException e) {
    return e instanceof UnansweredException
        || e instanceof ApiCallTimeoutException
        || e instanceof AbortedException
        || e.retryable()
        || ofNetwork(e)
        || ofCredentials(e);
  }

  /** Whether the object exists that was to be created. */
  static boolean ofCondition(AwsServiceException e) {
    return e.statusCode() == PRECONDITION || code(e).equals("PreconditionFailed");
  }

  /** Whether the store does not know something that a request asks for. */
  static boolean ofStore(Throwable failure) {
    return failure.getCause() instanceof AwsServiceException service
        && service.statusCode() == NOT_IMPLEMENTED;
  }

  /** Whether nothing answered: who has credentials may well have some once it does. */
  static boolean ofNetwork(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof IOException
          && !(e instanceof FileSystemException || e instanceof FileNotFoundException)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is about credentials, which rarely appear when they have not for a while. */
  static boolean ofCredentials(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof NoCredentialsException
          || ofProxy(e)
          || (e instanceof AwsServiceException service && EXPIRED.contains(code(service)))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a proxy asks for a user or another one; of a tunnel, Java says so in words alone. */
  private static boolean ofProxy(Throwable e) {
    return e instanceof IOException
        && e.getMessage() != null
        && e.getMessage().startsWith("Unable to tunnel through proxy")
        && e.getMessage().contains(" 407 ");
  }

  /** Whether there is no such bucket, which waiting does not make. */
  static boolean ofBucket(Throwable failure) {
    return failure.getCause() instanceof AwsServiceException service
        && NO_BUCKET.equals(code(service));
  }

  /** Whether it is forbidden to whoever asks. */
  static boolean ofRights(Throwable failure) {
    return failure.getCause() instanceof AwsServiceException service
        && service.statusCode() == FORBIDDEN;
  }

  private static String code(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }
}
