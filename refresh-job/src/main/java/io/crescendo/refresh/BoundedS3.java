package io.crescendo.refresh;

import java.util.function.Function;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * A store none of whose requests outlives a deadline, with all their attempts: whoever gave up, or
 * lost the lease, changes nothing later. Closing it closes nothing.
 */
final class BoundedS3 extends DelegatingS3Client {

  private final Deadline deadline;

  private BoundedS3(S3Client s3, Deadline deadline) {
    super(s3);
    this.deadline = deadline;
  }

  /** The store, as work with this deadline may use it. */
  static S3Client within(Deadline deadline, S3Client s3) {
    return new BoundedS3(s3, deadline);
  }

  /**
   * Sends a request.
   *
   * @throws DeadlineException if the deadline passes first, or has passed
   */
  @Override
  protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
    String work = request.getClass().getSimpleName().replace("Request", "") + " of S3 had";
    deadline.check(work);
    @SuppressWarnings("unchecked") // a request's builder builds a request of its kind
    T bounded = (T) request.toBuilder().overrideConfiguration(AwsClients.within(deadline)).build();
    try {
      return operation.apply(bounded);
    } catch (ApiCallTimeoutException e) {
      throw deadline.passed(work, e);
    }
  }

  @Override
  public void close() {
    // the client belongs to whoever made it
  }
}
