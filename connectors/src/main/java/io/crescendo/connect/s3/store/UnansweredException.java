package io.crescendo.connect.s3.store;

import software.amazon.awssdk.core.exception.SdkClientException;

/** A request set out, and no answer came that could be read. */
final class UnansweredException extends SdkClientException {

  private static final long serialVersionUID = 1;

  UnansweredException(SdkClientException cause) {
    super(SdkClientException.builder().message(cause.getMessage()).cause(cause));
  }
}
