package io.crescendo.csv;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of one version of an object. A connection that breaks, or stood idle for too long, is
 * followed by another that goes on at the byte where it ended: the SDK retries requests, but
 * nothing that happens after the first byte of their answer.
 */
final class ObjectStream extends InputStream {

  private static final int ATTEMPTS = 6;
  private static final long FIRST_PAUSE_NANOS = 200_000_000;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int PRECONDITION_FAILED = 412;
  private static final int NOT_FOUND = 404;

  private final S3Client s3;
  private final S3Location location;
  private final String etag;
  private final long size;
  private final LongConsumer pause;
  private ResponseInputStream<GetObjectResponse> in;
  private long position;

  /**
   * Opens the object.
   *
   * @param etag its version
   * @param size its bytes
   * @param pause waits so many nanoseconds
   * @throws ChangedException if there is another version, or none
   * @throws SdkException if the store fails or refuses
   */
  ObjectStream(S3Client s3, S3Location location, String etag, long size, LongConsumer pause)
      throws IOException {
    this.s3 = s3;
    this.location = location;
    this.etag = etag;
    this.size = size;
    this.pause = pause;
    this.in = open();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (position == size) {
      return -1;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        if (in == null) {
          in = open();
        }
        int read = in.read(target, offset, length);
        if (read < 0) {
          throw new EOFException("the connection ended");
        }
        position += read;
        return read;
      } catch (ChangedException e) {
        throw e;
      } catch (IOException | SdkException e) {
        drop();
        if (attempt == ATTEMPTS || isFinal(e)) {
          throw SdkClientException.create(
              "%s, at byte %s of %s: %s".formatted(location, position, size, e.getMessage()), e);
        }
        pause.accept(FIRST_PAUSE_NANOS << (attempt - 1));
      }
    }
  }

  @Override
  public void close() {
    drop();
  }

  private ResponseInputStream<GetObjectResponse> open() throws IOException {
    ResponseInputStream<GetObjectResponse> opened;
    try {
      opened =
          s3.getObject(
              request -> {
                request.bucket(location.bucket()).key(location.key()).ifMatch(etag);
                if (position > 0) {
                  request.range("bytes=%s-".formatted(position));
                }
              });
    } catch (AwsServiceException e) {
      if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == NOT_FOUND) {
        throw new ChangedException();
      }
      throw e;
    }
    String range = opened.response().contentRange();
    if (position > 0 && (range == null || !range.startsWith("bytes %s-".formatted(position)))) {
      opened.abort(); // it begins at another byte, and its rows would be read again
      throw new IOException("the store answers with the range '%s'".formatted(range));
    }
    return opened;
  }

  /** Without reading what is left, which may be gigabytes. */
  private void drop() {
    if (in != null) {
      in.abort();
      in = null;
    }
  }

  /** Whether the store has refused, and will again. */
  private static boolean isFinal(Exception e) {
    return e instanceof AwsServiceException refusal
        && refusal.statusCode() / 100 == 4
        && refusal.statusCode() != TOO_MANY_REQUESTS;
  }
}
