package io.crescendo.benchmarks.refresh;

import io.crescendo.benchmarks.WorkDirectory;
import io.crescendo.refresh.Outcome;
import io.crescendo.refresh.RefreshCommand;
import io.crescendo.refresh.RefreshJob;
import io.crescendo.refresh.RefreshSettings;
import io.crescendo.refresh.RunRecord;
import io.crescendo.stack.EmbeddedS3;
import io.crescendo.stack.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Refreshes on one machine: the first, one with nothing new, one with a few new objects, and the
 * first one elsewhere after all days were compacted.
 */
@Command(
    name = "refresh",
    mixinStandardHelpOptions = true,
    description = "A local refresh over many rows in many files, and what it reads again.")
public final class RefreshBenchmark implements Callable<Integer> {

  private static final String ROW = "%-28s %14s %14s %14s %14s%n";

  private static final String KEY = "benchmark";

  @Option(
      names = "--rows",
      defaultValue = "10000000",
      description = "Rows of table artists (default: ${DEFAULT-VALUE}).")
  private long rows;

  @Option(
      names = "--files",
      defaultValue = "1000",
      description = "Files that hold them (default: ${DEFAULT-VALUE}).")
  private int files;

  @Option(
      names = "--new-files",
      defaultValue = "10",
      description = "Files of the same size that land before the third run (default: 10).")
  private int newFiles;

  @Option(
      names = "--memory-mb",
      defaultValue = "1024",
      description = "Memory of DuckDB (default: ${DEFAULT-VALUE}).")
  private int memory;

  @Override
  public Integer call() throws Exception {
    AwsBasicCredentials keys = AwsBasicCredentials.create(KEY, KEY);
    ObjectReads reads = new ObjectReads();
    try (WorkDirectory dir = WorkDirectory.create();
        EmbeddedS3 store = EmbeddedS3.start(dir.path().resolve("s3"), Ports.free(), keys)) {
      store.createBuckets(List.of("warehouse", "results"));
      try (S3Client s3 = noting(store.endpoint(), keys, reads)) {
        LargeWarehouse warehouse = new LargeWarehouse(s3, dir.path(), rows, files);
        System.out.printf(
            Locale.ROOT,
            "%,d rows in %,d files, %,d bytes%n",
            rows,
            files,
            warehouse.land(0, files));
        measure(s3, store.endpoint(), warehouse, dir.path(), reads);
      }
    }
    return 0;
  }

  private RefreshSettings settings(Path work) {
    return RefreshSettings.defaults(work).withDeadline(Duration.ofHours(2)).withEngine(memory, 2);
  }

  private void measure(
      S3Client s3, URI endpoint, LargeWarehouse warehouse, Path dir, ObjectReads reads)
      throws Exception {
    RefreshSettings settings = settings(dir.resolve("work"));
    try (RefreshJob job = new RefreshJob(s3, settings)) {
      Map<String, Double> first = steps(job.run());
      int readFirst = reads.take();
      Map<String, Double> second = steps(job.run());
      int readSecond = reads.take();
      warehouse.land(files, files + newFiles);
      Map<String, Double> third = steps(job.run());
      int readThird = reads.take();
      compact(endpoint, dir);
      Map<String, Double> fourth = compacted(s3, dir.resolve("elsewhere"));
      int readFourth = reads.take();
      System.out.printf(
          ROW, "seconds", "first", "nothing new", newFiles + " new files", "compacted");
      first.forEach(
          (step, seconds) ->
              System.out.printf(
                  ROW,
                  step,
                  number(seconds),
                  number(second.get(step)),
                  number(third.get(step)),
                  number(fourth.get(step))));
      System.out.printf(ROW, "objects read", readFirst, readSecond, readThird, readFourth);
      System.out.printf(
          Locale.ROOT,
          "Ratio to the first run: %.2f with nothing new, %.2f with %d new files%n",
          second.get("in all") / first.get("in all"),
          third.get("in all") / first.get("in all"),
          newFiles);
    }
  }

  /** The first run of a machine that finds all days compacted. */
  private Map<String, Double> compacted(S3Client s3, Path work) {
    try (RefreshJob job = new RefreshJob(s3, settings(work).withOwner("elsewhere"))) {
      return steps(job.run());
    }
  }

  private static void compact(URI endpoint, Path dir) {
    System.setProperty("aws.accessKeyId", KEY);
    System.setProperty("aws.secretAccessKey", KEY);
    int exitCode =
        new CommandLine(new RefreshCommand())
            .execute("compact", "--s3-endpoint=" + endpoint, "--work-dir=" + dir, "--deadline=2h");
    if (exitCode != 0) {
      throw new IllegalStateException("refresh compact ended with exit code " + exitCode);
    }
  }

  /** Seconds of each step; a run that failed has none to compare. */
  private static Map<String, Double> steps(RunRecord run) {
    if (run.outcome() != Outcome.SUCCEEDED) {
      throw new IllegalStateException(
          "The refresh failed in step '%s': %s"
              .formatted(run.failure().step(), run.failure().reason()));
    }
    Map<String, Double> steps = new LinkedHashMap<>();
    run.steps().forEach(step -> steps.put(step.name(), step.seconds()));
    steps.put("in all", run.seconds());
    return steps;
  }

  private static String number(double seconds) {
    return String.format(Locale.ROOT, "%.2f", seconds);
  }

  /** A client like that of the embedded stack, whose reads are noted. */
  private static S3Client noting(URI endpoint, AwsBasicCredentials keys, ObjectReads reads) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.of(EmbeddedS3.REGION))
        .credentialsProvider(StaticCredentialsProvider.create(keys))
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .serviceConfiguration(c -> c.chunkedEncodingEnabled(false))
        .overrideConfiguration(c -> c.addExecutionInterceptor(reads))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
