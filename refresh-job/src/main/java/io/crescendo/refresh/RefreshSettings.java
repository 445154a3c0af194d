package io.crescendo.refresh;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings of a refresh. Immutable; {@code with…} gives a changed copy.
 *
 * @param warehouseBucket bucket of the Parquet objects
 * @param tablesPrefix folder in it under which each folder is a table; without '/' at either end
 * @param resultsBucket bucket for the catalog, the dashboard's documents, run records and the lease
 * @param workDirectory local directory for copies of objects and for what does not fit into memory
 * @param deadline how long one run may take
 * @param owner who holds the lease during a run: a name that no other running program uses. A
 *     program that starts again under the same name takes over the lease that it left behind.
 * @param memoryMegabytes memory of the local query engine, at least 64
 * @param threads threads of the local query engine, at least 1
 */
public record RefreshSettings(
    String warehouseBucket,
    String tablesPrefix,
    String resultsBucket,
    Path workDirectory,
    Duration deadline,
    String owner,
    int memoryMegabytes,
    int threads) {

  /** Default of {@link #warehouseBucket}. */
  public static final String DEFAULT_WAREHOUSE_BUCKET = "warehouse";

  /** Default of {@link #tablesPrefix}. */
  public static final String DEFAULT_TABLES_PREFIX = "tables";

  /** Default of {@link #resultsBucket}. */
  public static final String DEFAULT_RESULTS_BUCKET = "results";

  /** Default of {@link #deadline}. */
  public static final String DEFAULT_DEADLINE = "PT10M";

  /** Default of {@link #memoryMegabytes}. */
  public static final int DEFAULT_MEMORY_MEGABYTES = 256;

  /** Default of {@link #threads}. */
  public static final int DEFAULT_THREADS = 2;

  private static final int LEAST_MEMORY_MEGABYTES = 64;
  private static final int MOST_THREADS = 256;
  private static final String BUCKET = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";

  /**
   * Checks every rule.
   *
   * @throws ConfigurationException naming all settings that break one
   */
  public RefreshSettings {
    List<String> problems = new ArrayList<>();
    bucket("warehouse bucket", warehouseBucket, problems);
    bucket("results bucket", resultsBucket, problems);
    if (warehouseBucket != null && warehouseBucket.equals(resultsBucket)) {
      problems.add(
          "results bucket must not be the warehouse bucket, got '%s' for both"
              .formatted(resultsBucket));
    }
    if (tablesPrefix == null
        || tablesPrefix.isBlank()
        || tablesPrefix.startsWith("/")
        || tablesPrefix.endsWith("/")) {
      problems.add(
          "tables prefix must be a folder without '/' at either end, got '%s'"
              .formatted(tablesPrefix));
    }
    if (workDirectory == null) {
      problems.add("work directory must be given");
    }
    if (deadline == null || deadline.isNegative() || deadline.isZero()) {
      problems.add("deadline must be longer than nothing, got %s".formatted(deadline));
    }
    if (owner == null || owner.isBlank()) {
      problems.add("owner must not be blank, got '%s'".formatted(owner));
    }
    if (memoryMegabytes < LEAST_MEMORY_MEGABYTES) {
      problems.add(
          "memory must be at least %s MB, got %s"
              .formatted(LEAST_MEMORY_MEGABYTES, memoryMegabytes));
    }
    if (threads < 1 || threads > MOST_THREADS) {
      problems.add("threads must be 1 to %s, got %s".formatted(MOST_THREADS, threads));
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** Defaults for everything but the work directory; the owner is this process. */
  public static RefreshSettings defaults(Path workDirectory) {
    return new RefreshSettings(
        DEFAULT_WAREHOUSE_BUCKET,
        DEFAULT_TABLES_PREFIX,
        DEFAULT_RESULTS_BUCKET,
        workDirectory,
        Duration.parse(DEFAULT_DEADLINE),
        thisProcess(),
        DEFAULT_MEMORY_MEGABYTES,
        DEFAULT_THREADS);
  }

  /** These settings with other buckets. */
  public RefreshSettings withBuckets(String warehouse, String results) {
    return new RefreshSettings(
        warehouse, tablesPrefix, results, workDirectory, deadline, owner, memoryMegabytes, threads);
  }

  /** These settings with another folder of the tables. */
  public RefreshSettings withTablesPrefix(String prefix) {
    return new RefreshSettings(
        warehouseBucket,
        prefix,
        resultsBucket,
        workDirectory,
        deadline,
        owner,
        memoryMegabytes,
        threads);
  }

  /** These settings with another deadline. */
  public RefreshSettings withDeadline(Duration time) {
    return new RefreshSettings(
        warehouseBucket,
        tablesPrefix,
        resultsBucket,
        workDirectory,
        time,
        owner,
        memoryMegabytes,
        threads);
  }

  /** These settings with another owner. */
  public RefreshSettings withOwner(String name) {
    return new RefreshSettings(
        warehouseBucket,
        tablesPrefix,
        resultsBucket,
        workDirectory,
        deadline,
        name,
        memoryMegabytes,
        threads);
  }

  /** These settings with other limits of the local query engine. */
  public RefreshSettings withEngine(int megabytes, int engineThreads) {
    return new RefreshSettings(
        warehouseBucket,
        tablesPrefix,
        resultsBucket,
        workDirectory,
        deadline,
        owner,
        megabytes,
        engineThreads);
  }

  /** Where the tables lie, such as {@code s3://warehouse/tables/}. */
  String tables() {
    return "s3://%s/%s/".formatted(warehouseBucket, tablesPrefix);
  }

  private static void bucket(String setting, String name, List<String> problems) {
    if (name == null || !name.matches(BUCKET)) {
      problems.add(
          "%s must be an S3 bucket name (3 to 63 of a-z, 0-9, '-', '.'), got '%s'"
              .formatted(setting, name));
    }
  }

  static String thisProcess() {
    // pid@host; the start time tells a later process with the same pid apart
    return "%s/%s"
        .formatted(
            ManagementFactory.getRuntimeMXBean().getName(),
            ManagementFactory.getRuntimeMXBean().getStartTime());
  }
}
