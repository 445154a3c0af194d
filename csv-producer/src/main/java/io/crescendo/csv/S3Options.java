package io.crescendo.csv;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Options that say how to reach the S3 store. Credentials come from where the AWS SDK looks by
 * default: environment, system properties, profile, role.
 */
final class S3Options {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--s3-endpoint",
      paramLabel = "URI",
      converter = Endpoint.class,
      description = "S3 endpoint other than AWS, reached with path-style access.")
  private URI endpoint;

  @Option(
      names = "--s3-region",
      paramLabel = "REGION",
      defaultValue = "us-east-1",
      description = "AWS region (default: ${DEFAULT-VALUE}).")
  private String region;

  /** A new client, to be closed by the caller. */
  S3Client client() {
    if (region.isBlank()) {
      throw new ParameterException(
          spec.commandLine(),
          "--s3-region must be a region such as us-east-1, got '%s'".formatted(region));
    }
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(region))
            // Shorter than a transaction may last, so that a stalled store cannot outlast one.
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(20)));
    if (endpoint != null) {
      // Stores other than AWS often know nothing of the newer checksums.
      builder
          .endpointOverride(endpoint)
          .forcePathStyle(true)
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
          .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    }
    return builder.build();
  }

  /** Where a store is: an http or https URI with a host. */
  static final class Endpoint implements ITypeConverter<URI> {

    @Override
    public URI convert(String value) {
      try {
        URI uri = new URI(value);
        if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("(?i)https?")) {
          return uri;
        }
      } catch (URISyntaxException e) {
        // refused below, as what is a URI of something else
      }
      throw new TypeConversionException(
          "must be an http or https URI with a host, such as http://127.0.0.1:9000, got '%s'"
              .formatted(value));
    }
  }
}
