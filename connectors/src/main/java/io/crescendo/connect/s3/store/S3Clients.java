package io.crescendo.connect.s3.store;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes the SDK's clients from settings. */
final class S3Clients {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

  private S3Clients() {}

  static S3Client create(
      S3Settings settings, SdkHttpClient http, AwsCredentialsProvider credentials) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .forcePathStyle(settings.pathStyle())
            .accelerate(settings.accelerated())
            .credentialsProvider(credentials)
            .httpClient(http)
            // Retry repeats, and says so in the log; two layers would multiply.
            .overrideConfiguration(
                c ->
                    c.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(new SendBodyAtOnce())
                        .addExecutionInterceptor(new SentRequests()));
    if (settings.endpoint() != null) {
      // Stores other than AWS rarely know the SDK's newer checksum trailers.
      builder
          .endpointOverride(settings.endpoint())
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
          // Some answer before they have read the end of a chunked body, and hang up.
          .serviceConfiguration(c -> c.chunkedEncodingEnabled(false))
          .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    }
    return builder.build();
  }

  static SdkHttpClient http(S3Settings settings) {
    ProxySettings proxy = settings.proxy();
    if (proxy != null && proxy.user() != null) {
      boolean plain = settings.endpoint() != null && "http".equals(settings.endpoint().getScheme());
      ProxyConnections connections =
          new ProxyConnections(
              proxy, (int) CONNECT_TIMEOUT.toMillis(), (int) READ_TIMEOUT.toMillis());
      connections.warn(!plain);
      return UrlConnectionHttpClient.create(connections);
    }
    UrlConnectionHttpClient.Builder http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT_TIMEOUT)
            .socketTimeout(READ_TIMEOUT);
    if (proxy != null) {
      http.proxyConfiguration(ProxyConfiguration.builder().endpoint(proxy.url()).build());
    }
    return http.build();
  }

  /**
   * Takes back the SDK's {@code Expect: 100-continue}, which costs a round trip before each body; a
   * file here is small, and can be sent again.
   */
  private static final class SendBodyAtOnce implements ExecutionInterceptor {

    @Override
    public SdkHttpRequest modifyHttpRequest(
        Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
      return context.httpRequest().copy(r -> r.removeHeader("Expect"));
    }
  }
}
