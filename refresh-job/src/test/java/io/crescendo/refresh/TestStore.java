package io.crescendo.refresh;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * An S3 endpoint on loopback with the buckets of the refresh job, empty at first. One endpoint
 * serves all tests of a JVM, because it takes longer to start than most tests to run.
 */
final class TestStore implements AutoCloseable {

  static final String KEY = "test-key";
  static final String SECRET = "test-secret";

  private static final AtomicInteger READS = new AtomicInteger();
  private static final S3Proxy PROXY = start();
  private static final S3Client CLIENT = connect();

  private final Path directory;
  private final int readsBefore = READS.get();

  TestStore(Path directory) {
    this.directory = directory;
    close();
  }

  private static S3Proxy start() {
    try {
      Path files =
          Files.createTempDirectory(
              // the store lists nothing under a prefix when its directory is a relative path
              Files.createDirectories(Path.of("target").toAbsolutePath()), "test-s3-");
      S3Proxy proxy =
          S3Proxy.builder()
              .blobStore(new FilesystemNio2BlobStore(files.toString()))
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
              .ignoreUnknownHeaders(true)
              .build();
      proxy.start();
      return proxy;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static S3Client connect() {
    S3Client client =
        S3Client.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + PROXY.getPort()))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            // As the commands do: the store hangs up before it has read the end of a chunked body.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .serviceConfiguration(c -> c.chunkedEncodingEnabled(false))
            .overrideConfiguration(c -> c.addExecutionInterceptor(new Reads()))
            .build();
    for (String bucket : List.of("warehouse", "results")) {
      try {
        client.createBucket(b -> b.bucket(bucket));
      } catch (BucketAlreadyOwnedByYouException e) {
        // left by an earlier run of the tests
      }
    }
    return client;
  }

  private static final class Reads implements ExecutionInterceptor {
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      if (context.request() instanceof GetObjectRequest get && get.bucket().equals("warehouse")) {
        READS.incrementAndGet();
      }
    }
  }

  /** GetObject requests on the warehouse since this was made. */
  int reads() {
    return READS.get() - readsBefore;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + PROXY.getPort());
  }

  S3Client client() {
    return CLIENT;
  }

  RefreshSettings settings() {
    return RefreshSettings.defaults(directory.resolve("work")).withOwner("test");
  }

  void upload(String key, Path file) {
    CLIENT.putObject(b -> b.bucket("warehouse").key(key), RequestBody.fromFile(file));
  }

  void upload(String key, String text) {
    CLIENT.putObject(b -> b.bucket("warehouse").key(key), RequestBody.fromString(text));
  }

  /** Empties the buckets. */
  @Override
  public void close() {
    for (String name : List.of("warehouse", "results")) {
      ResultsBucket bucket = new ResultsBucket(CLIENT, name);
      bucket.delete(bucket.keys("", ""));
    }
  }
}
