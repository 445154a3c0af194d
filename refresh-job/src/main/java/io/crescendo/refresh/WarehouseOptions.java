package io.crescendo.refresh;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Options of every command that reads the warehouse. */
final class WarehouseOptions {

  @Option(
      names = "--s3-endpoint",
      paramLabel = "URI",
      converter = Conversions.Endpoint.class,
      description = "S3 endpoint, with path-style access; AWS if absent")
  private URI endpoint;

  @Option(
      names = "--s3-region",
      paramLabel = "REGION",
      defaultValue = "us-east-1",
      description = "S3 region (default: ${DEFAULT-VALUE})")
  private String region;

  @Option(
      names = "--warehouse-bucket",
      paramLabel = "BUCKET",
      defaultValue = RefreshSettings.DEFAULT_WAREHOUSE_BUCKET,
      description = "Bucket of the Parquet objects (default: ${DEFAULT-VALUE})")
  private String warehouse;

  @Option(
      names = "--tables-prefix",
      paramLabel = "FOLDER",
      defaultValue = RefreshSettings.DEFAULT_TABLES_PREFIX,
      description = "Folder of the tables in it (default: ${DEFAULT-VALUE})")
  private String prefix;

  @Option(
      names = "--results-bucket",
      paramLabel = "BUCKET",
      defaultValue = RefreshSettings.DEFAULT_RESULTS_BUCKET,
      description = "Bucket of results and run records (default: ${DEFAULT-VALUE})")
  private String results;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description =
          "Local copies of objects (default: ${sys:java.io.tmpdir}/crescendo-refresh-${sys:user.name})")
  private Path workDirectory;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      defaultValue = RefreshSettings.DEFAULT_DEADLINE,
      converter = Conversions.Time.class,
      description = "Time a run or a query may take, such as 90s (default: ${DEFAULT-VALUE})")
  private Duration deadline;

  @Option(
      names = "--memory-mb",
      paramLabel = "MB",
      defaultValue = "" + RefreshSettings.DEFAULT_MEMORY_MEGABYTES,
      description = "Memory of the query engine (default: ${DEFAULT-VALUE})")
  private int memory;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "" + RefreshSettings.DEFAULT_THREADS,
      description = "Threads of the query engine (default: ${DEFAULT-VALUE})")
  private int threads;

  /** Throws {@link ConfigurationException} where an option breaks a rule. */
  RefreshSettings settings() {
    return settings(new ArrayList<>());
  }

  /**
   * As {@link #settings}, for work that keeps copies of objects: makes the directory for them, so
   * that one that cannot be is refused before anything starts.
   */
  RefreshSettings settingsForCopies() {
    List<String> problems = new ArrayList<>();
    WorkDirectory copies = WorkDirectory.of(workDirectory);
    try {
      copies.make();
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
    } catch (IOException e) {
      problems.add(
          "--work-dir must be a directory that can be made and written to, got '%s' (%s)"
              .formatted(copies.path(), Reason.of(e)));
    }
    return settings(problems);
  }

  private RefreshSettings settings(List<String> problems) {
    if (region.isBlank()) {
      problems.add("--s3-region must be a region such as us-east-1, got '%s'".formatted(region));
    }
    RefreshSettings settings =
        ServiceOptions.gather(
            problems,
            () ->
                new RefreshSettings(
                    warehouse,
                    prefix,
                    results,
                    WorkDirectory.of(workDirectory).path(),
                    deadline,
                    RefreshSettings.thisProcess(),
                    memory,
                    threads));
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return settings;
  }

  String region() {
    return region;
  }

  S3Client s3() {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(region))
            .httpClientBuilder(UrlConnectionHttpClient.builder());
    if (endpoint != null) {
      // Stores other than AWS often know nothing of the newer checksums, which travel behind the
      // body.
      builder
          .endpointOverride(endpoint)
          .forcePathStyle(true)
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
          .serviceConfiguration(c -> c.chunkedEncodingEnabled(false));
    }
    return builder.build();
  }
}
