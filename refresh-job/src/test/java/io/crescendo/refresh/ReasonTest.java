package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

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
  void saysWhatIsWrongWithAFile(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> Files.size(directory.resolve("none")))
        .extracting(Reason::of)
        .isEqualTo("no such file or directory: " + directory.resolve("none"));
    assertThatThrownBy(() -> Files.createDirectory(file))
        .extracting(Reason::of)
        .isEqualTo("exists already: " + file);
    assertThatThrownBy(() -> Files.createDirectory(file.resolve("below")))
        .extracting(Reason::of)
        .asString()
        .endsWith(": " + file.resolve("below"))
        .doesNotStartWith("FileSystemException");
    assertThat(Reason.of(new AccessDeniedException("/x"))).isEqualTo("permission denied: /x");
  }

  @Test
  void leavesOutTheCodeThatAnAnswerWithoutABodyLacks() {
    AwsErrorDetails.Builder details = AwsErrorDetails.builder().serviceName("S3");
    S3Exception.Builder failure = S3Exception.builder();
    failure.statusCode(403).requestId("r");

    failure.awsErrorDetails(details.errorMessage("Forbidden").build());
    assertThat(Reason.of(failure.build())).isEqualTo("Forbidden (S3, HTTP 403, request r)");
    failure.awsErrorDetails(details.errorMessage(null).build());
    assertThat(Reason.of(failure.build())).isEqualTo("no reason given (S3, HTTP 403, request r)");
    failure.awsErrorDetails(details.errorCode("AccessDenied").errorMessage("no").build());
    assertThat(Reason.of(failure.build())).isEqualTo("AccessDenied: no (S3, HTTP 403, request r)");
  }

  @Test
  void isTheMessageOfAnythingElse() {
    assertThat(Reason.of(new IllegalStateException("broken"))).isEqualTo("broken");
    assertThat(Reason.of(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    assertThat(Reason.lacksCredentials(new IllegalStateException("broken"))).isFalse();
  }
}
