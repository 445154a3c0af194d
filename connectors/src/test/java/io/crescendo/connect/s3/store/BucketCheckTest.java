package io.crescendo.connect.s3.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.sts.model.StsException;

/** What is said of a bucket before anything is written to it. */
class BucketCheckTest {

  @Test
  void saysAtOnceThatThereIsNoSuchBucket(@TempDir Path directory) throws Exception {
    try (LocalS3 s3 = new LocalS3(directory);
        S3ObjectStore lost = new S3ObjectStore(s3.settings("nowhere", true))) {
      assertThatThrownBy(lost::checkPlace)
          .hasMessageStartingWith(
              "s3.bucket.name must name a bucket of the store, got 'nowhere', which is none")
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isFalse());
    }
  }

  @Test
  void saysAtOnceThatTheBucketIsInAnotherRegion() throws Exception {
    try (FailingS3 s3 =
            new FailingS3(
                exchange -> {
                  exchange.getResponseHeaders().add("x-amz-bucket-region", "eu-north-1");
                  FailingS3.say(exchange, 301, "");
                });
        S3ObjectStore moved = s3.store(0)) {
      assertThatThrownBy(moved::checkPlace)
          .hasMessageContaining("s3.region")
          .hasMessageContaining("eu-north-1")
          .hasMessageContaining("us-east-1");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 503})
  void saysNothingOfABucketThatItIsNotToldOf(int status) throws Exception {
    FailingS3 s3 = FailingS3.failing(Integer.MAX_VALUE, status);
    try (s3;
        S3ObjectStore silent = s3.store(0)) {
      assertThatCode(silent::checkPlace).doesNotThrowAnyException();
    }
    try (S3ObjectStore away = s3.store(0)) {
      assertThatCode(away::checkPlace).as("nobody listens").doesNotThrowAnyException();
    }
  }

  @Test
  void saysNothingOfABucketWhereWhoeverHasCredentialsIsOverloaded() throws Exception {
    String provider = OverloadedCredentials.class.getName();
    IdentitySettings identity = new IdentitySettings(null, null, provider, Map.of(), null);
    try (FailingS3 s3 = FailingS3.failing(Integer.MAX_VALUE, 404);
        S3ObjectStore silent = s3.store(0, identity)) {
      assertThatCode(silent::checkPlace).doesNotThrowAnyException();
    }
  }

  /** A provider that is told to come again. */
  public static final class OverloadedCredentials implements AwsCredentialsProvider {

    @Override
    public AwsCredentials resolveCredentials() {
      throw StsException.builder().statusCode(503).message("Throttling").build();
    }
  }
}
