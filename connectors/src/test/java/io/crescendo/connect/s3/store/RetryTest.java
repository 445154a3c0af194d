package io.crescendo.connect.s3.store;

import static io.crescendo.connect.s3.store.ObjectStoreContract.METADATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Which requests are repeated, and which failures may pass. */
class RetryTest {

  @Test
  void repeatsARequestThatFailedForAReasonThatMayPass() throws Exception {
    try (FailingS3 s3 = FailingS3.failing(2, 503);
        S3ObjectStore failing = s3.store(3)) {
      assertThat(create(failing)).isTrue();
      assertThat(s3.requests()).isEqualTo(3);
    }
  }

  @Test
  void saysThatAFailureMayPassOnceItsRetriesAreSpent() throws Exception {
    try (FailingS3 s3 = FailingS3.failing(100, 503);
        S3ObjectStore failing = s3.store(2)) {
      assertThatThrownBy(() -> create(failing))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isTrue())
          .hasMessageStartingWith("PutObject s3://warehouse/key failed with 503");
      assertThat(s3.requests()).isEqualTo(3);
    }
  }

  @Test
  void doesNotRepeatARequestThatIsForbidden() throws Exception {
    try (FailingS3 s3 = FailingS3.failing(100, 403);
        S3ObjectStore failing = s3.store(2)) {
      assertThatThrownBy(() -> create(failing))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isFalse());
      assertThat(s3.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RequestTimeout",
        "PriorRequestNotComplete",
        "InternalError",
        "ExpiredToken",
        "TokenRefreshRequired",
        "IncompleteBody",
        "BadDigest",
        "XAmzContentSHA256Mismatch"
      })
  void repeatsABadRequestWhoseCodeSaysThatItPasses(String code) throws Exception {
    try (FailingS3 s3 = FailingS3.failing(1, 400, FailingS3.error(code));
        S3ObjectStore failing = s3.store(1)) {
      assertThat(create(failing)).isTrue();
      assertThat(s3.requests()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ExpiredToken", "TokenRefreshRequired"})
  void failsForGoodWhereItsCredentialsStayExpired(String code) throws Exception {
    try (FailingS3 s3 = FailingS3.failing(100, 400, FailingS3.error(code));
        S3ObjectStore failing = s3.store(2)) {
      assertThatThrownBy(() -> create(failing))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isFalse());
      assertThat(s3.requests()).isEqualTo(3);
    }
  }

  @Test
  void failsForGoodWithoutCredentials() throws Exception {
    NoCredentials.ASKED.set(0);
    try (FailingS3 s3 = FailingS3.failing(0, 200);
        S3ObjectStore failing = s3.store(2, providedBy(NoCredentials.class))) {
      assertThatThrownBy(() -> create(failing))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isFalse())
          .hasMessageContaining("none to be had")
          .hasMessageEndingWith("without valid credentials waiting does not help");
      assertThat(NoCredentials.ASKED).hasValue(3);
      assertThat(s3.requests()).isZero();
    }
  }

  @Test
  void saysThatCredentialsMayComeWhereTheNetworkKeepsThemAway() throws Exception {
    try (FailingS3 s3 = FailingS3.failing(0, 200);
        S3ObjectStore failing = s3.store(1, providedBy(UnreachableCredentials.class))) {
      assertThatThrownBy(() -> create(failing))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isTrue())
          .hasMessageContaining("connect timed out");
    }
  }

  @Test
  void asksOnceWhereSomebodyCannotWait() throws Exception {
    try (FailingS3 s3 = FailingS3.failing(100, 503);
        S3ObjectStore failing = s3.store(5)) {
      assertThatThrownBy(() -> failing.metadata("key", Duration.ofMinutes(1)))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isTrue());
      assertThat(s3.requests()).isEqualTo(1);
    }
  }

  @Test
  void doesNotWaitForAnAnswerThatDoesNotCome() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (FailingS3 s3 =
            new FailingS3(
                exchange -> {
                  try {
                    end.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        S3ObjectStore failing = s3.store(5)) {
      try {
        assertThatThrownBy(() -> failing.metadata("key", Duration.ofMillis(100)))
            .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isTransient()).isTrue())
            .as("not the client's own timeout, which passes likewise")
            .hasCauseInstanceOf(ApiCallTimeoutException.class);
        assertThat(Thread.interrupted()).as("what ends the call interrupts it").isFalse();
      } finally {
        // a server whose thread still answers does not stop
        end.countDown();
      }
    }
  }

  private static boolean create(S3ObjectStore store) {
    return store.create("key", InMemoryObjectStore.content(new byte[] {1}), METADATA);
  }

  private static IdentitySettings providedBy(Class<? extends AwsCredentialsProvider> provider) {
    return new IdentitySettings(null, null, provider.getName(), Map.of(), null);
  }

  /** A provider that does not reach who has them. */
  public static final class UnreachableCredentials implements AwsCredentialsProvider {

    @Override
    public AwsCredentials resolveCredentials() {
      SocketTimeoutException timeout = new SocketTimeoutException("connect timed out");
      throw SdkClientException.create("STS: " + timeout.getMessage(), timeout);
    }
  }

  /** A provider that never has any. */
  public static final class NoCredentials implements AwsCredentialsProvider {

    static final AtomicInteger ASKED = new AtomicInteger();

    @Override
    public AwsCredentials resolveCredentials() {
      ASKED.incrementAndGet();
      throw SdkClientException.create("none to be had");
    }
  }
}
