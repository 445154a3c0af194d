package io.crescendo.refresh;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Points the Glue partitions of compacted days at the large objects, and back at the small ones
 * where those hold rows that the large ones lack. A partition's place changes in one step, and both
 * places give the same rows, so a query sees each row once, whichever it planned with. What dies
 * between any two steps, and a crawl that sets a place back, the next time makes good.
 *
 * <p>The sink goes on writing to the small ones' place. A row that lands on a day after it was
 * compacted is missing from the large ones until the next time, which points the partition back.
 */
final class CompactedPartitions {

  private static final Logger LOG = LoggerFactory.getLogger(CompactedPartitions.class);
  private static final List<String> BY_DAY = List.of("dt");
  // what begins so is not read as a part of the table
  private static final String HIDDEN = ".*/[_.].*";

  private final GlueClient glue;
  private final S3Client s3;
  private final String database;
  private final RefreshSettings settings;
  private final Compacted compacted;

  /** Partitions of the settings' database. The clients stay open. */
  CompactedPartitions(GlueClient glue, S3Client s3, AwsSettings aws, RefreshSettings settings) {
    this.glue = glue;
    this.s3 = s3;
    this.database = aws.database();
    this.settings = settings;
    this.compacted = new Compacted(s3, settings);
  }

  /** A crawler that points the partitions after each of its crawls. */
  Crawler after(Crawler crawler) {
    return new Crawler() {
      @Override
      public Catalog crawl(Attempt attempt) {
        Catalog catalog = crawler.crawl(attempt);
        point(catalog, attempt);
        return catalog;
      }

      @Override
      public Catalog last(Attempt attempt) {
        return crawler.last(attempt);
      }

      @Override
      public void close() {
        crawler.close();
      }
    };
  }

  /**
   * Points every partition of the tables where it belongs.
   *
   * @return how many partitions were elsewhere
   * @throws DeadlineException if the deadline passes first
   * @throws RefreshException if Glue or S3 refuses
   */
  int point(Catalog catalog, Attempt attempt) {
    AtomicInteger moved = new AtomicInteger();
    try {
      // before the small objects: what a manifest stands for has landed then
      Compacted.Listing listing = compacted.list(attempt.deadline());
      for (Catalog.Table table : catalog.tables()) {
        if (table.partitionedBy().equals(BY_DAY)) {
          InParallel.forEach(
              partitions(table, attempt.deadline()),
              partition -> {
                if (point(table, partition, listing, attempt.deadline())) {
                  moved.incrementAndGet();
                }
              });
        }
      }
      return moved.get();
    } catch (ApiCallTimeoutException e) {
      throw attempt.deadline().passed("Pointing partitions at compacted objects had", e);
    } catch (SdkException e) {
      throw new RefreshException(
          "Partitions of Glue database '%s' could not be pointed at compacted objects: %s; those that"
                  .formatted(database, Reason.of(e))
              + " were not reached stay as they are; no query was run",
          e);
    }
  }

  private List<Partition> partitions(Catalog.Table table, Deadline deadline) {
    return glue
        .getPartitionsPaginator(
            b ->
                b.databaseName(database)
                    .tableName(table.name())
                    .overrideConfiguration(AwsClients.within(deadline)))
        .stream()
        .flatMap(page -> page.partitions().stream())
        .filter(p -> p.values().size() == 1 && p.storageDescriptor() != null)
        .toList();
  }

  private boolean point(
      Catalog.Table table, Partition partition, Compacted.Listing listing, Deadline deadline) {
    String day = partition.values().get(0);
    String present = folder(partition.storageDescriptor().location());
    boolean elsewhere = present.startsWith(location(compacted.root()));
    String wanted =
        large(table, day, listing, deadline)
            .map(this::location)
            .orElse(elsewhere ? "%sdt=%s/".formatted(folder(table.location()), day) : present);
    if (wanted.equals(present)) {
      return false;
    }
    try {
      glue.updatePartition(
          b ->
              b.databaseName(database)
                  .tableName(table.name())
                  .partitionValueList(partition.values())
                  .partitionInput(
                      input ->
                          input
                              .values(partition.values())
                              .parameters(partition.parameters())
                              .storageDescriptor(
                                  partition.storageDescriptor().toBuilder()
                                      .location(wanted)
                                      .build()))
                  .overrideConfiguration(AwsClients.within(deadline)));
    } catch (EntityNotFoundException e) {
      LOG.debug("Partition {} of table '{}' is gone", day, table.name());
      return false;
    }
    LOG.info("Partition {} of table '{}' is read from {} now", day, table.name(), wanted);
    return true;
  }

  /** The folder with all rows of a day, and nothing else; nothing where there is none. */
  private Optional<String> large(
      Catalog.Table table, String day, Compacted.Listing listing, Deadline deadline) {
    List<Compacted.Manifest> manifests =
        listing.manifests().values().stream()
            .filter(m -> m.folder().equals(table.folder()))
            .filter(m -> m.partition().equals(Map.of("dt", day)))
            .toList();
    if (manifests.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> small = small(table, day, deadline);
    return manifests.stream()
        .filter(m -> listing.isTrue(m, small))
        .filter(
            m ->
                m.sources().stream()
                    .map(Compacted.Source::key)
                    .collect(Collectors.toSet())
                    .containsAll(small.keySet()))
        .findFirst()
        .flatMap(listing::folderOf);
  }

  /** Etags of the objects in a day's first place, by key. */
  private Map<String, String> small(Catalog.Table table, String day, Deadline deadline) {
    String folder = "%s/%s/dt=%s/".formatted(settings.tablesPrefix(), table.folder(), day);
    return BoundedS3.within(deadline, s3)
        .listObjectsV2Paginator(b -> b.bucket(settings.warehouseBucket()).prefix(folder))
        .contents()
        .stream()
        .filter(o -> o.size() > 0 && !o.key().matches(HIDDEN))
        .collect(Collectors.toMap(S3Object::key, S3Object::eTag));
  }

  private String location(String folder) {
    return "s3://%s/%s".formatted(settings.warehouseBucket(), folder);
  }

  private static String folder(String location) {
    return location.endsWith("/") ? location : location + "/";
  }
}
