package io.crescendo.refresh;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.quicksight.QuickSightClient;

/**
 * Makes the clients of the AWS services. Throttling, server errors and broken connections are tried
 * again by the SDK, with backoff and jitter; no request outlives the deadline of its run.
 */
final class AwsClients {

  private static final int ATTEMPTS = 6;
  private static final Duration LEAST = Duration.ofMillis(1);

  private final AwsSettings settings;
  private final RetryStrategy retries;

  AwsClients(AwsSettings settings) {
    this(
        settings,
        AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build());
  }

  AwsClients(AwsSettings settings, RetryStrategy retries) {
    this.settings = settings;
    this.retries = retries;
  }

  GlueClient glue() {
    return configured(GlueClient.builder(), settings.endpoints().glue()).build();
  }

  AthenaClient athena() {
    return configured(AthenaClient.builder(), settings.endpoints().athena()).build();
  }

  QuickSightClient quickSight() {
    return configured(QuickSightClient.builder(), settings.endpoints().quickSight()).build();
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(
      B builder, URI endpoint) {
    builder
        .region(Region.of(settings.region()))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(c -> c.retryStrategy(retries));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder;
  }

  /** Ends a request, with all its attempts, when the run may take no longer. */
  static AwsRequestOverrideConfiguration within(Deadline deadline) {
    Duration left = deadline.remaining();
    return AwsRequestOverrideConfiguration.builder()
        .apiCallTimeout(left.compareTo(LEAST) < 0 ? LEAST : left)
        .build();
  }
}
