package io.crescendo.stack;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/**
 * An S3 endpoint on loopback that keeps objects as plain files, one directory a bucket. Requests
 * are signed (SigV4) and conditional writes ({@code If-None-Match: *}) are honoured.
 */
public final class EmbeddedS3 implements AutoCloseable {

  /** Region that clients sign for. */
  public static final String REGION = "us-east-1";

  private final S3Proxy proxy;
  private final URI endpoint;
  private final AwsBasicCredentials credentials;

  private EmbeddedS3(S3Proxy proxy, URI endpoint, AwsBasicCredentials credentials) {
    this.proxy = proxy;
    this.endpoint = endpoint;
    this.credentials = credentials;
  }

  /**
   * Starts an endpoint and returns when it serves.
   *
   * @param dir directory of the buckets
   * @param port port, free on loopback
   * @param credentials the one key pair that it accepts
   * @throws StackException if it does not start
   */
  public static EmbeddedS3 start(Path dir, int port, AwsBasicCredentials credentials) {
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    try {
      Files.createDirectories(dir);
      S3Proxy proxy =
          S3Proxy.builder()
              .blobStore(new FilesystemNio2BlobStore(dir.toAbsolutePath().toString()))
              .endpoint(endpoint)
              .awsAuthentication(
                  AuthenticationType.AWS_V4,
                  credentials.accessKeyId(),
                  credentials.secretAccessKey())
              .ignoreUnknownHeaders(true)
              .jettyMaxThreads(16)
              .stopTimeout(0)
              .build();
      proxy.start();
      return new EmbeddedS3(proxy, endpoint, credentials);
    } catch (Exception e) {
      throw new StackException(
          "The S3 endpoint did not start on %s with data in %s: %s"
              .formatted(endpoint, dir, e.getMessage()),
          e);
    }
  }

  /** Creates the buckets that do not exist yet. */
  public void createBuckets(Collection<String> buckets) {
    try (S3Client client = client()) {
      for (String bucket : buckets) {
        try {
          client.createBucket(b -> b.bucket(bucket));
        } catch (BucketAlreadyOwnedByYouException e) {
          // there from an earlier start
        }
      }
    }
  }

  /** Address, such as {@code http://127.0.0.1:9000}. */
  public URI endpoint() {
    return endpoint;
  }

  /** A new client of this endpoint; the caller closes it. */
  public S3Client client() {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.of(REGION))
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .forcePathStyle(true)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        // The endpoint answers before it has read the trailer of a chunked body, and hangs up on a
        // client that still writes it.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .serviceConfiguration(c -> c.chunkedEncodingEnabled(false))
        .build();
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new StackException("The S3 endpoint %s did not stop: %s".formatted(endpoint, e), e);
    }
  }
}
