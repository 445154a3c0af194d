package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class BoundedS3Test {

  @TempDir private Path directory;

  private static S3Client at(int port) {
    return S3Client.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(TestStore.KEY, TestStore.SECRET)))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  @Test
  void endsARequestThatIsNotAnsweredInTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"));
        S3Client s3 = at(silent.getLocalPort())) {
      ResultsBucket bucket =
          new ResultsBucket(s3, "results")
              .within(Deadline.in(Duration.ofMillis(300), Clock.systemUTC()));

      assertThatThrownBy(() -> bucket.put("a", "{}"))
          .isInstanceOf(DeadlineException.class)
          .hasMessage(
              "PutObject of S3 had not finished after PT0.3S, the time a run may take; the run"
                  + " stops here");
    }
  }

  @Test
  void sendsNothingOnceTheDeadlineHasPassed() {
    try (TestStore store = new TestStore(directory)) {
      MeddledStore noting = new MeddledStore(store.client(), request -> {});
      ResultsBucket bucket =
          new ResultsBucket(noting, "results")
              .within(Deadline.in(Duration.ZERO, Clock.systemUTC()));

      assertThatThrownBy(() -> bucket.keys("", "")).isInstanceOf(DeadlineException.class);
      assertThat(noting.requests).isEmpty();
    }
  }

  @Test
  void boundsEveryRequestOfARun() throws Exception {
    try (TestStore store = new TestStore(directory)) {
      new TestWarehouse(5, 40).land(store, directory);
      MeddledStore noting = new MeddledStore(store.client(), request -> {});
      try (RefreshJob job = new RefreshJob(noting, store.settings())) {
        assertThat(job.run().outcome()).isEqualTo(Outcome.SUCCEEDED);
      }
      assertThat(noting.requests)
          .hasSizeGreaterThan(20)
          .allMatch(
              request ->
                  request.overrideConfiguration().flatMap(c -> c.apiCallTimeout()).isPresent());
    }
  }
}
