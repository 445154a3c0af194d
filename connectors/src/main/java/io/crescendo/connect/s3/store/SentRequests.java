package io.crescendo.connect.s3.store;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Tells failures of requests that set out from those of requests that the SDK refused to send,
 * which it throws as the same class.
 */
final class SentRequests implements ExecutionInterceptor {

  private static final ExecutionAttribute<Boolean> SENT =
      new ExecutionAttribute<>(SentRequests.class.getName());

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    attributes.putAttribute(SENT, true);
  }

  @Override
  public Throwable modifyException(
      Context.FailedExecution context, ExecutionAttributes attributes) {
    Throwable failure = context.exception();
    // One of a subclass says itself what it is; the SDK lets nothing else take its place.
    return failure.getClass() == SdkClientException.class && attributes.getAttribute(SENT) != null
        ? new UnansweredException((SdkClientException) failure)
        : failure;
  }
}
