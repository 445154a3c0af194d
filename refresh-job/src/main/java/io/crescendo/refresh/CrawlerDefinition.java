package io.crescendo.refresh;

import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.CrawlerTargets;
import software.amazon.awssdk.services.glue.model.CreateCrawlerRequest;
import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.RecrawlBehavior;
import software.amazon.awssdk.services.glue.model.RecrawlPolicy;
import software.amazon.awssdk.services.glue.model.S3Target;
import software.amazon.awssdk.services.glue.model.SchemaChangePolicy;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;
import software.amazon.awssdk.services.glue.model.UpdateCrawlerRequest;

/**
 * What a Glue crawler should be: one S3 target per table, because Glue merges similar folders under
 * one target into one table.
 *
 * @param locations folders of the tables, each ending in '/'
 * @param tableLevel depth of those folders, the bucket being 1
 * @param newFoldersOnly whether to look at nothing but folders that no crawl has seen
 */
record CrawlerDefinition(
    String role, String database, List<String> locations, int tableLevel, boolean newFoldersOnly) {

  static CrawlerDefinition of(AwsSettings aws, RefreshSettings settings, boolean newFoldersOnly) {
    String root = settings.tables();
    return new CrawlerDefinition(
        aws.crawlerRole(),
        aws.database(),
        aws.folders().stream().map(f -> root + f + "/").toList(),
        settings.tablesPrefix().split("/").length + 2,
        newFoldersOnly);
  }

  /** The same, looking at new folders only. */
  CrawlerDefinition newFolders() {
    return new CrawlerDefinition(role, database, locations, tableLevel, true);
  }

  private CrawlerTargets targets() {
    return CrawlerTargets.builder()
        .s3Targets(locations.stream().map(l -> S3Target.builder().path(l).build()).toList())
        .build();
  }

  private String configuration() {
    return ("{\"Version\":1.0,\"Grouping\":{\"TableGroupingPolicy\":\"CombineCompatibleSchemas\","
            + "\"TableLevelConfiguration\":%s},\"CrawlerOutput\":{\"Partitions\":"
            + "{\"AddOrUpdateBehavior\":\"InheritFromTable\"}}}")
        .formatted(tableLevel);
  }

  private RecrawlPolicy recrawl() {
    return RecrawlPolicy.builder()
        .recrawlBehavior(
            newFoldersOnly
                ? RecrawlBehavior.CRAWL_NEW_FOLDERS_ONLY
                : RecrawlBehavior.CRAWL_EVERYTHING)
        .build();
  }

  /** Glue takes no other policy than LOG together with new folders only. */
  private SchemaChangePolicy schemaChanges() {
    return SchemaChangePolicy.builder()
        .updateBehavior(newFoldersOnly ? UpdateBehavior.LOG : UpdateBehavior.UPDATE_IN_DATABASE)
        .deleteBehavior(DeleteBehavior.LOG)
        .build();
  }

  /** A request that creates this crawler under a name. */
  CreateCrawlerRequest.Builder toCreate(String crawler) {
    return CreateCrawlerRequest.builder()
        .name(crawler)
        .role(role)
        .databaseName(database)
        .targets(targets())
        .configuration(configuration())
        .recrawlPolicy(recrawl())
        .schemaChangePolicy(schemaChanges());
  }

  /** A request that updates this crawler under a name. */
  UpdateCrawlerRequest.Builder toUpdate(String crawler) {
    return UpdateCrawlerRequest.builder()
        .name(crawler)
        .role(role)
        .databaseName(database)
        .targets(targets())
        .configuration(configuration())
        .recrawlPolicy(recrawl())
        .schemaChangePolicy(schemaChanges());
  }

  boolean describes(Crawler crawler) {
    // Glue gives back the role's name, whatever was given
    return name(role).equals(name(crawler.role()))
        && database.equals(crawler.databaseName())
        && crawler.targets() != null
        && crawler.targets().s3Targets().stream()
            .map(S3Target::path)
            .collect(Collectors.toSet())
            .equals(java.util.Set.copyOf(locations))
        && configuration().equals(crawler.configuration())
        && recrawl().equals(crawler.recrawlPolicy())
        && schemaChanges().equals(crawler.schemaChangePolicy());
  }

  private static String name(String role) {
    return role == null ? "" : role.substring(role.lastIndexOf('/') + 1);
  }
}
