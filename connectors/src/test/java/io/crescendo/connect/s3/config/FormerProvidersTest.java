package io.crescendo.connect.s3.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormerProvidersTest {

  private static final String KEY = "s3.credentials.provider.class";

  @ParameterizedTest
  @CsvSource({
    "EnvironmentVariableCredentialsProvider, EnvironmentVariableCredentialsProvider",
    "SystemPropertiesCredentialsProvider, SystemPropertyCredentialsProvider",
    "profile.ProfileCredentialsProvider, ProfileCredentialsProvider",
    "InstanceProfileCredentialsProvider, InstanceProfileCredentialsProvider",
    "ContainerCredentialsProvider, ContainerCredentialsProvider",
    "EC2ContainerCredentialsProviderWrapper, ContainerCredentialsProvider",
    "WebIdentityTokenCredentialsProvider, WebIdentityTokenFileCredentialsProvider"
  })
  void namesTheProviderThatTakesItsPlaceWhichIsOneThatWorks(String former, String successor) {
    String name = "software.amazon.awssdk.auth.credentials." + successor;
    assertThatThrownBy(() -> SinkConfig.settings(properties("com.amazonaws.auth." + former)))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("; it is one of SDK v1, which is " + name + " in v2");
    assertThat(SinkConfig.settings(properties(name)).store().identity().providerClass())
        .isEqualTo(name);
  }

  @Test
  void saysNothingOfOtherClasses() {
    assertThat(FormerProviders.advice("com.example.ProfileCredentialsProvider")).isEmpty();
  }

  private static Map<String, String> properties(String provider) {
    return new HashMap<>(Map.of("s3.bucket.name", "b", "flush.size", "1", KEY, provider));
  }
}
