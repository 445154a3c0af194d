package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

class ReasonTest {

  @Test
  void isOneShortLineWhereCredentialsAreMissing() {
    SdkException missing = null;
    try (AwsCredentialsProviderChain chain =
        AwsCredentialsProviderChain.of(EnvironmentVariableCredentialsProvider.create())) {
      chain.resolveCredentials();
    } catch (SdkClientException e) {
      missing = e;
    }

    assertThat(Reason.of(missing))
        .startsWith(
            "No AWS credentials found (environment, system properties, profile, container, instance);")
        .hasSizeLessThan(180);
    assertThat(Reason.lacksCredentials(new RefreshException("x", missing))).isTrue();
  }

  @Test
  void isTheMessageOfAnythingElse() {
    assertThat(Reason.of(new IllegalStateException("broken"))).isEqualTo("broken");
    assertThat(Reason.of(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    assertThat(Reason.lacksCredentials(new IllegalStateException("broken"))).isFalse();
  }
}
