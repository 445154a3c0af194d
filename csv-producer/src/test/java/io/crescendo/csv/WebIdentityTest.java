package io.crescendo.csv;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.util.SetSystemProperty;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;

/** The role that an account of EKS takes, as far as it goes without Amazon: to its token's file. */
@SetSystemProperty(key = "aws.region", value = "us-east-1") // else it is asked of the network
class WebIdentityTest {

  @Test
  void reachesTheTokenThatTheRoleIsTakenWith(@TempDir Path dir) {
    try (WebIdentityTokenFileCredentialsProvider role =
        WebIdentityTokenFileCredentialsProvider.builder()
            .roleArn("arn:aws:iam::000000000000:role/crescendo")
            .webIdentityTokenFile(dir.resolve("token"))
            .build()) {
      assertThatThrownBy(role::resolveCredentials)
          .hasRootCauseInstanceOf(NoSuchFileException.class);
    }
  }
}
