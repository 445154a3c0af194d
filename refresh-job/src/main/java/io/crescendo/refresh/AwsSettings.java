package io.crescendo.refresh;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings of the AWS services of a refresh. Immutable.
 *
 * @param region region of Glue, Athena and QuickSight
 * @param endpoints where the services are, if not at AWS
 * @param database Glue database of the tables; created when missing
 * @param crawler name of the Glue crawler; created when missing
 * @param crawlerRole IAM role that the crawler takes on, its name or ARN; may be empty where
 *     nothing is crawled
 * @param recrawl what a crawl after the first looks at
 * @param folders folders under the tables prefix, one per table, each a target of the crawler
 * @param workgroup Athena workgroup
 * @param output where Athena leaves results: an S3 prefix ending in '/', outside the tables; empty
 *     where the workgroup says it
 * @param account id of the AWS account, 12 digits; may be empty without data sets
 * @param dataSets ids of the QuickSight data sets to refresh; if there are none, the dashboard is
 *     the built-in page
 */
public record AwsSettings(
    String region,
    Endpoints endpoints,
    String database,
    String crawler,
    String crawlerRole,
    Recrawl recrawl,
    List<String> folders,
    String workgroup,
    String output,
    String account,
    List<String> dataSets) {

  /** Default of {@link #database} and {@link #crawler}. */
  public static final String DEFAULT_NAME = "crescendo";

  /** Default of {@link #workgroup}, which every account has. */
  public static final String DEFAULT_WORKGROUP = "primary";

  /** Folders that the pipeline lands. */
  public static final List<String> DEFAULT_FOLDERS =
      List.of("artists", "genre-followers", "artist-rejects");

  /** What a crawl looks at. */
  public enum Recrawl {
    /** Every object, every time. */
    everything,
    /** Folders that no crawl has seen, once every table is there. Cheaper; adds no columns. */
    new_folders
  }

  /**
   * Where services are, if not at AWS; null for those that are.
   *
   * @param glue endpoint of Glue
   * @param athena endpoint of Athena
   * @param quickSight endpoint of QuickSight
   */
  public record Endpoints(URI glue, URI athena, URI quickSight) {

    /** All at AWS. */
    public static final Endpoints AWS = new Endpoints(null, null, null);
  }

  /**
   * Checks every rule.
   *
   * @throws ConfigurationException naming all settings that break one
   */
  public AwsSettings {
    folders = List.copyOf(folders);
    dataSets = List.copyOf(dataSets);
    List<String> problems = new ArrayList<>();
    rule(problems, "AWS region", region, "[a-z0-9-]+", "a region such as eu-central-1");
    rule(problems, "Glue database", database, "[a-z0-9_]{1,255}", "1 to 255 of a-z, 0-9, '_'");
    rule(problems, "Glue crawler", crawler, "[\\w.-]{1,255}", "1 to 255 letters, digits, '_.-'");
    rule(
        problems,
        "Glue crawler role",
        crawlerRole,
        "((arn:aws[a-z-]*:iam::\\d{12}:role/)?[\\w+=,.@/-]{1,512})?",
        "the name or ARN of an IAM role");
    rule(
        problems,
        "Athena workgroup",
        workgroup,
        "[\\w.-]{1,128}",
        "1 to 128 letters, digits, '_.-'");
    rule(
        problems,
        "Athena output location",
        output,
        "(s3://[a-z0-9][a-z0-9.-]+/(.*/)?)?",
        "an S3 prefix that ends in '/', such as s3://results/athena/");
    rule(
        problems,
        "AWS account",
        account,
        dataSets.isEmpty() ? "(\\d{12})?" : "\\d{12}",
        "12 digits when there are QuickSight data sets");
    if (folders.isEmpty()) {
      problems.add("Glue folders must name at least one folder of a table");
    }
    folders.forEach(f -> rule(problems, "Glue folder", f, "[^/]+", "a folder's name without '/'"));
    dataSets.forEach(
        d -> rule(problems, "QuickSight data set", d, "[\\w-]{1,512}", "letters, digits, '_-'"));
    endpoint(problems, "Glue endpoint", endpoints.glue());
    endpoint(problems, "Athena endpoint", endpoints.athena());
    endpoint(problems, "QuickSight endpoint", endpoints.quickSight());
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private static void rule(
      List<String> problems, String setting, String value, String pattern, String rule) {
    if (value == null || !value.matches(pattern)) {
      problems.add(
          value == null || value.isEmpty()
              ? "%s must be given: %s".formatted(setting, rule)
              : "%s must be %s, got '%s'".formatted(setting, rule, value));
    }
  }

  private static void endpoint(List<String> problems, String setting, URI uri) {
    if (uri != null && !Conversions.Endpoint.isOne(uri)) {
      problems.add("%s must be an http or https URI with a host, got '%s'".formatted(setting, uri));
    }
  }
}
