package io.crescendo.connect.s3.store;

import software.amazon.awssdk.core.exception.SdkClientException;

/** A provider had no credentials. */
final class NoCredentialsException extends SdkClientException {

  private static final long serialVersionUID = 1;

  NoCredentialsException(Throwable cause) {
    super(SdkClientException.builder().message(cause.getMessage()).cause(cause));
  }
}
