package io.crescendo.refresh;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Crawls without a catalog service: lists the warehouse bucket, reads the footers of Parquet
 * objects that it has not seen, and infers tables, columns and Hive partitions. The catalog is also
 * left in the results bucket, as {@code catalog/catalog.json}.
 */
public final class FooterCrawler implements Crawler {

  private static final Logger LOG = LoggerFactory.getLogger(FooterCrawler.class);
  private static final String KEY = "catalog/catalog.json";

  private final S3Client s3;
  private final String bucket;
  private final TableLayout layout;
  private final ResultsBucket results;
  private final Footers footers;
  private final Compacted compacted;
  private final Clock clock;
  private List<Catalog.Table> written = List.of();

  /**
   * A crawler of the settings' warehouse bucket.
   *
   * @param s3 client of the store that holds the buckets; stays open
   */
  public FooterCrawler(S3Client s3, RefreshSettings settings, Clock clock) {
    this.s3 = s3;
    this.bucket = settings.warehouseBucket();
    this.layout = new TableLayout(settings.tablesPrefix());
    this.results = new ResultsBucket(s3, settings.resultsBucket());
    this.footers = new Footers(s3, bucket, results);
    this.compacted = new Compacted(s3, settings);
    this.clock = clock;
  }

  @Override
  public synchronized Catalog crawl(Attempt attempt) {
    Catalog catalog = look(attempt);
    store(catalog, attempt.deadline());
    return catalog;
  }

  /** Crawls and stores nothing. */
  @Override
  public Catalog look(Attempt attempt) {
    return see(attempt).catalog();
  }

  /** The tables, and what of them is read from compacted objects. */
  record Seen(Catalog catalog, Compacted.View compacted) {}

  /** As {@link #look}. */
  synchronized Seen see(Attempt attempt) {
    footers.load(attempt.deadline());
    Map<String, List<Found>> byTable = new TreeMap<>();
    // before the tables: an object that a manifest names is there then, unless somebody removed it
    Compacted.Listing manifests = manifests(attempt);
    List<Found> listed = list(attempt);
    Compacted.View view = manifests.over(etags(listed));
    listed.removeIf(f -> view.covered().contains(f.object().key()));
    view.files().forEach(f -> listed.add(new Found(f.object(), f.place())));
    for (Found found : listed) {
      byTable.computeIfAbsent(found.place().table(), t -> new ArrayList<>()).add(found);
    }
    List<Found> all = byTable.values().stream().flatMap(List::stream).toList();
    List<Found> unread = all.stream().filter(f -> footers.isNew(f.object())).toList();
    InParallel.forEach(
        unread,
        found -> {
          attempt.deadline().check("The crawl of s3://%s had".formatted(bucket));
          footers.of(found.object(), attempt.deadline());
        });
    List<Catalog.Table> tables = new ArrayList<>();
    byTable.forEach((name, objects) -> tables.add(table(name, objects, attempt.deadline())));
    LOG.info(
        "Crawled s3://{}: {} tables, {} files, {} of them new",
        bucket,
        tables.size(),
        all.size(),
        unread.size());
    return new Seen(new Catalog(clock.instant(), tables), view);
  }

  @Override
  public synchronized Catalog last(Attempt attempt) {
    attempt.deadline().check("Reading the catalog in %s/%s had".formatted(results, KEY));
    try {
      return results
          .within(attempt.deadline())
          .read(KEY, Catalog.class)
          .orElseThrow(
              () ->
                  new RefreshException(
                      "There is no catalog in %s/%s: nothing was crawled yet; no query was run"
                          .formatted(results, KEY)));
    } catch (SdkException e) {
      throw new RefreshException(
          "The catalog could not be read from %s/%s: %s; no query was run"
              .formatted(results, KEY, Reason.of(e)),
          e);
    }
  }

  private record Found(S3Object object, TableLayout.Place place) {}

  private static Map<String, String> etags(List<Found> listed) {
    Map<String, String> etags = new HashMap<>();
    listed.forEach(f -> etags.put(f.object().key(), f.object().eTag()));
    return etags;
  }

  private Compacted.Listing manifests(Attempt attempt) {
    try {
      return compacted.list(attempt.deadline());
    } catch (SdkException e) {
      throw new RefreshException(
          "The compacted objects of s3://%s could not be listed: %s; no query was run"
              .formatted(bucket, Reason.of(e)),
          e);
    }
  }

  private List<Found> list(Attempt attempt) {
    List<Found> found = new ArrayList<>();
    try {
      BoundedS3.within(attempt.deadline(), s3)
          .listObjectsV2Paginator(b -> b.bucket(bucket).prefix(layout.prefix() + "/"))
          .stream()
          .forEach(
              page -> {
                attempt.deadline().check("The listing of s3://%s had".formatted(bucket));
                for (S3Object object : page.contents()) {
                  layout
                      .place(object.key())
                      .filter(place -> object.size() > 0)
                      .ifPresent(place -> found.add(new Found(object, place)));
                }
              });
    } catch (SdkException e) {
      throw new RefreshException(
          "s3://%s/%s/ could not be listed: %s; no query was run"
              .formatted(bucket, layout.prefix(), Reason.of(e)),
          e);
    }
    return found;
  }

  private Catalog.Table table(String name, List<Found> objects, Deadline deadline) {
    TableLayout.Place first = objects.get(0).place();
    if (Views.bundled().containsKey(name)) {
      throw new RefreshException(
          "Folder '%s' of s3://%s would be table '%s', which is a view; rename it; no catalog was written"
              .formatted(first.folder(), bucket, name));
    }
    TableColumns columns =
        new TableColumns(name, first.partition().keySet(), "no catalog was written");
    List<Catalog.DataFile> files = new ArrayList<>();
    for (Found found : objects) {
      S3Object object = found.object();
      if (!found.place().folder().equals(first.folder())) {
        throw new RefreshException(
            "Folders '%s' and '%s' of s3://%s would both be table '%s'; rename one; no catalog was written"
                .formatted(first.folder(), found.place().folder(), bucket, name));
      }
      List<String> partitionedBy = List.copyOf(found.place().partition().keySet());
      if (!partitionedBy.equals(List.copyOf(first.partition().keySet()))) {
        throw new RefreshException(
            "Table '%s' is partitioned by %s in '%s' and by %s in '%s'; no catalog was written"
                .formatted(
                    name,
                    first.partition().keySet(),
                    objects.get(0).object().key(),
                    partitionedBy,
                    object.key()));
      }
      Footers.Footer footer = footers.of(object, deadline);
      columns.add(footer.columns(), object.key());
      files.add(
          new Catalog.DataFile(
              object.key(),
              object.eTag(),
              object.size(),
              footer.rows(),
              found.place().partition()));
    }
    return new Catalog.Table(
        name,
        "s3://%s/%s/%s/".formatted(bucket, layout.prefix(), first.folder()),
        columns.merged(),
        List.copyOf(first.partition().keySet()),
        files,
        files.stream().mapToLong(Catalog.DataFile::rows).sum(),
        files.stream().mapToLong(Catalog.DataFile::bytes).sum());
  }

  private void store(Catalog catalog, Deadline deadline) {
    Set<String> present =
        catalog.tables().stream()
            .flatMap(t -> t.files().stream().map(Catalog.DataFile::key))
            .collect(Collectors.toSet());
    try {
      footers.store(present, deadline);
      if (!catalog.tables().equals(written)) {
        results.within(deadline).put(KEY, Json.text(catalog));
        written = catalog.tables();
      }
    } catch (SdkException e) {
      throw new RefreshException(
          "The catalog could not be written to %s/%s: %s; no query was run"
              .formatted(results, KEY, Reason.of(e)),
          e);
    }
  }
}
