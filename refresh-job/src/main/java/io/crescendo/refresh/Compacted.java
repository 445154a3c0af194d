package io.crescendo.refresh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects that hold the rows of many small ones, beside the tables: under {@code
 * <tables>-compacted/<table>/dt=<day>/}. A manifest there, numbered by day, names the objects and
 * the small ones that they stand for; without a manifest, an object stands for nothing.
 *
 * <p>That makes compaction one step for readers: a crawl sees a manifest or does not, and takes the
 * large objects or the small ones. The small ones are never touched, so a reader of an older
 * catalog finds them, and so does the sink when it replays and looks for what it landed by name.
 */
final class Compacted {

  private static final String MANIFEST = "manifest-";

  private final S3Client s3;
  private final ResultsBucket warehouse;
  private final String bucket;
  private final String root;
  private final Map<String, Manifest> read = new ConcurrentHashMap<>();

  Compacted(S3Client s3, RefreshSettings settings) {
    this.s3 = s3;
    this.bucket = settings.warehouseBucket();
    this.warehouse = new ResultsBucket(s3, bucket);
    this.root = settings.tablesPrefix() + "-compacted/";
  }

  /**
   * What stands for what.
   *
   * @param folder folder of the table, such as {@code genre-followers}
   * @param partition partition columns and values
   * @param sources the small objects
   * @param files keys of the objects that hold their rows
   * @param run compaction that wrote it
   * @param writtenAt when
   */
  record Manifest(
      String folder,
      Map<String, String> partition,
      List<Source> sources,
      List<String> files,
      String run,
      Instant writtenAt) {}

  /** A small object as it was when its rows were read. */
  record Source(String key, String etag) {}

  /** A compacted object and where its rows belong. */
  record Found(S3Object object, TableLayout.Place place) {}

  /**
   * What a crawl takes instead of small objects.
   *
   * @param covered keys of the small objects
   * @param files the objects that hold their rows
   */
  record View(Set<String> covered, List<Found> files) {}

  /** The manifests that are there now, to be read before the tables are listed. */
  Listing list(Deadline deadline) {
    Map<String, S3Object> objects = new HashMap<>();
    BoundedS3.within(deadline, s3)
        .listObjectsV2Paginator(b -> b.bucket(bucket).prefix(root))
        .contents()
        .forEach(o -> objects.put(o.key(), o));
    List<String> manifests =
        objects.keySet().stream().filter(Compacted::isManifest).sorted().toList();
    InParallel.forEach(
        manifests,
        key ->
            read.computeIfAbsent(
                key, k -> Json.read(warehouse.get(k).orElseThrow(), Manifest.class)));
    return new Listing(objects, manifests.stream().map(read::get).toList());
  }

  private static boolean isManifest(String key) {
    return key.substring(key.lastIndexOf('/') + 1).matches(MANIFEST + "\\d{10}\\.json");
  }

  /** Objects and manifests at one moment. */
  record Listing(Map<String, S3Object> objects, List<Manifest> manifests) {

    /**
     * What holds for the small objects that are listed now.
     *
     * @param etags etag of each small object by its key
     * @throws RefreshException if a manifest is void, and rows that only it has are gone
     */
    View over(Map<String, String> etags) {
      Set<String> covered = new HashSet<>();
      List<Found> files = new ArrayList<>();
      List<Manifest> voided = new ArrayList<>();
      for (Manifest manifest : manifests) {
        boolean changed =
            manifest.sources().stream()
                .anyMatch(s -> !s.etag().equals(etags.getOrDefault(s.key(), s.etag())));
        boolean whole = manifest.files().stream().allMatch(objects::containsKey);
        if (changed || !whole) {
          voided.add(manifest);
          continue;
        }
        manifest.sources().forEach(s -> covered.add(s.key()));
        TableLayout.Place place = new TableLayout.Place(manifest.folder(), manifest.partition());
        manifest.files().forEach(key -> files.add(new Found(objects.get(key), place)));
      }
      voided.forEach(manifest -> requireSources(manifest, etags, covered));
      return new View(covered, files);
    }

    /** Objects that somebody overwrote, or large ones that are gone: the small ones count again. */
    private static void requireSources(
        Manifest manifest, Map<String, String> etags, Set<String> covered) {
      for (Source source : manifest.sources()) {
        if (!etags.containsKey(source.key()) && !covered.contains(source.key())) {
          throw new RefreshException(
              "Compaction '%s' no longer holds, because its objects or those that it stands for were"
                      .formatted(manifest.run())
                  + " changed, and '%s' is gone; its rows would be missing; no catalog was written"
                      .formatted(source.key()));
        }
      }
    }
  }

  String folder(String table, String day) {
    return "%s%s/dt=%s/".formatted(root, table, day);
  }

  /** Number of the next manifest of a day. */
  int next(String folder) {
    return warehouse.keys(folder + MANIFEST, "").stream()
            .filter(Compacted::isManifest)
            .mapToInt(k -> Integer.parseInt(k.replaceAll(".*" + MANIFEST + "(\\d+)\\.json$", "$1")))
            .max()
            .orElse(0)
        + 1;
  }

  /**
   * Lets a manifest hold, if nobody else has written that number; says whether it does.
   *
   * @throws RefreshException if nobody can tell, so that its objects must stay
   */
  boolean create(String folder, int number, Manifest manifest) {
    String key = String.format(Locale.ROOT, "%s%s%010d.json", folder, MANIFEST, number);
    String text = Json.text(manifest);
    SdkException failure = null;
    try {
      if (warehouse.create(key, text)) {
        return true;
      }
    } catch (SdkException e) {
      failure = e;
    }
    // A refusal may be the answer to a request that was sent again because the first answer was
    // lost; the manifest that is there is ours then.
    Optional<String> there = warehouse.get(key);
    if (there.isEmpty()) {
      throw new RefreshException(
          "Whether %s/%s was written is unknown: %s; the objects that it would name stay; compact again"
              .formatted(
                  warehouse, key, failure == null ? "another write goes on" : Reason.of(failure)),
          failure);
    }
    return there.get().equals(text);
  }

  void delete(List<String> files) {
    warehouse.delete(files);
  }
}
