package io.crescendo.connect.s3.config;

import java.util.Map;

/** Credentials providers of AWS SDK v1, which configurations of Confluent's sink may name. */
final class FormerProviders {

  private static final String PACKAGE = "com.amazonaws.";
  private static final String SUCCESSORS = "software.amazon.awssdk.auth.credentials.";

  /** What takes the place of those that can be made from their name alone, by simple name. */
  private static final Map<String, String> BY_NAME =
      Map.of(
          "EnvironmentVariableCredentialsProvider", "EnvironmentVariableCredentialsProvider",
          "SystemPropertiesCredentialsProvider", "SystemPropertyCredentialsProvider",
          "ProfileCredentialsProvider", "ProfileCredentialsProvider",
          "InstanceProfileCredentialsProvider", "InstanceProfileCredentialsProvider",
          "ContainerCredentialsProvider", "ContainerCredentialsProvider",
          "EC2ContainerCredentialsProviderWrapper", "ContainerCredentialsProvider",
          "WebIdentityTokenCredentialsProvider", "WebIdentityTokenFileCredentialsProvider");

  private FormerProviders() {}

  /** What to use in place of a class, to be put behind a message; empty for any other class. */
  static String advice(String className) {
    if (!className.startsWith(PACKAGE)) {
      return "";
    }
    String successor = BY_NAME.get(className.substring(className.lastIndexOf('.') + 1));
    return "; it is one of SDK v1, "
        + (successor == null
            ? "so take one of " + SUCCESSORS + ", or the keys of a user or a role"
            : "which is " + SUCCESSORS + successor + " in v2");
  }
}
