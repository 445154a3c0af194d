package io.crescendo.refresh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects that hold the rows of many small ones, beside the tables: under {@code
 * <tables>-compacted/<table>/dt=<day>/<number>-<run>/}. A manifest in the day's folder, {@code
 * manifest-<number>.json}, names the objects and the small ones that they stand for; without it, an
 * object stands for nothing.
 *
 * <p>That makes compaction one step for readers: a crawl sees a manifest or does not, and takes the
 * large objects or the small ones. The small ones are never touched, so a reader of an older
 * catalog finds them, and so does the sink when it replays and looks for what it landed by name.
 */
final class Compacted {

  private static final Pattern MANIFEST = Pattern.compile("(.*/)manifest-(\\d{10})\\.json");
  private static final Pattern OBJECT = Pattern.compile("(.*/)(\\d{10})-[^/]+/[^/]+\\.parquet");

  private final S3Client s3;
  private final ResultsBucket warehouse;
  private final String bucket;
  private final String root;
  // by key and etag: somebody may have removed a manifest, and a compaction made its number anew
  private final Map<Source, Manifest> read = new ConcurrentHashMap<>();

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

  /** A small object as it was when its rows were read; or a manifest likewise. */
  record Source(String key, String etag) {}

  /** A compacted object and where its rows belong. */
  record Found(S3Object object, TableLayout.Place place) {}

  /**
   * What a crawl takes instead of small objects.
   *
   * @param holding the manifests that hold
   * @param covered keys of the small objects
   * @param files the objects that hold their rows
   */
  record View(List<Manifest> holding, Set<String> covered, List<Found> files) {}

  /** The objects and manifests that are there now, to be read before the tables are listed. */
  Listing list(Deadline deadline) {
    Map<String, S3Object> objects = new TreeMap<>();
    BoundedS3.within(deadline, s3)
        .listObjectsV2Paginator(b -> b.bucket(bucket).prefix(root))
        .contents()
        .forEach(o -> objects.put(o.key(), o));
    List<Source> listed =
        objects.values().stream()
            .filter(o -> MANIFEST.matcher(o.key()).matches())
            .map(o -> new Source(o.key(), o.eTag()))
            .toList();
    ResultsBucket bounded = warehouse.within(deadline);
    InParallel.forEach(
        listed,
        one -> read.computeIfAbsent(one, m -> bounded.read(m.key(), Manifest.class).orElseThrow()));
    read.keySet().retainAll(Set.copyOf(listed));
    NavigableMap<String, Manifest> manifests = new TreeMap<>(Comparator.reverseOrder());
    listed.forEach(m -> manifests.put(m.key(), read.get(m)));
    return new Listing(objects, manifests);
  }

  /**
   * Objects and manifests at one moment.
   *
   * @param objects every object by its key
   * @param manifests the manifests by their keys, of each day the newest first
   */
  record Listing(Map<String, S3Object> objects, NavigableMap<String, Manifest> manifests) {

    /**
     * What holds for the small objects that are listed now. Of manifests for the same small object
     * the newest counts; after an overwritten one is gone, an older one would look right again.
     *
     * @param etags etag of each small object by its key
     * @throws RefreshException if rows are gone that only a manifest which does not hold has
     */
    View over(Map<String, String> etags) {
      List<Manifest> holding = new ArrayList<>();
      Set<String> covered = new HashSet<>();
      List<Found> files = new ArrayList<>();
      List<Manifest> others = new ArrayList<>();
      for (Manifest manifest : manifests.values()) {
        if (!isTrue(manifest, etags)
            || manifest.sources().stream().anyMatch(s -> covered.contains(s.key()))) {
          others.add(manifest);
          continue;
        }
        holding.add(manifest);
        manifest.sources().forEach(s -> covered.add(s.key()));
        TableLayout.Place place = new TableLayout.Place(manifest.folder(), manifest.partition());
        manifest.files().forEach(key -> files.add(new Found(objects.get(key), place)));
      }
      others.forEach(manifest -> requireSources(manifest, etags, covered));
      return new View(holding, covered, files);
    }

    /** Whether its objects are there, and the small ones are as they were where they are there. */
    boolean isTrue(Manifest manifest, Map<String, String> etags) {
      return manifest.files().stream().allMatch(objects::containsKey)
          && manifest.sources().stream()
              .allMatch(s -> s.etag().equals(etags.getOrDefault(s.key(), s.etag())));
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

    /** The folder of a manifest's objects, if they are in one, and nothing else is. */
    Optional<String> folderOf(Manifest manifest) {
      Set<String> folders =
          manifest.files().stream()
              .map(k -> k.substring(0, k.lastIndexOf('/') + 1))
              .collect(Collectors.toSet());
      return folders.stream()
          .filter(
              folder ->
                  objects.keySet().stream()
                      .filter(k -> k.startsWith(folder))
                      .collect(Collectors.toSet())
                      .equals(Set.copyOf(manifest.files())))
          .findFirst();
    }

    /** Number of the next manifest of a day. */
    int next(String folder) {
      return manifests.keySet().stream()
              .filter(k -> k.startsWith(folder))
              .findFirst()
              .map(
                  k -> {
                    Matcher name = MANIFEST.matcher(k);
                    return name.matches() ? Integer.parseInt(name.group(2)) : 0;
                  })
              .orElse(0)
          + 1;
    }

    /**
     * Objects that no manifest names, nor ever will: the one of their number is there, and names
     * others. What a compaction writes that is still going on has a number without a manifest.
     */
    List<String> orphans() {
      List<String> orphans = new ArrayList<>();
      for (String key : objects.keySet()) {
        Matcher name = OBJECT.matcher(key);
        Manifest manifest =
            name.matches()
                ? manifests.get("%smanifest-%s.json".formatted(name.group(1), name.group(2)))
                : null;
        if (manifest != null && !manifest.files().contains(key)) {
          orphans.add(key);
        }
      }
      return orphans;
    }
  }

  /** Folder of all that is compacted. */
  String root() {
    return root;
  }

  /** Folder of a day, where its manifests are. */
  String folder(String table, String day) {
    return "%s%s/dt=%s/".formatted(root, table, day);
  }

  /**
   * Folder of the objects that only the manifest of this number can name, if this run writes it.
   */
  static String objects(String folder, int number, String run) {
    return String.format(Locale.ROOT, "%s%010d-%s/", folder, number, run);
  }

  /**
   * Lets a manifest hold, if nobody else has written that number; says whether it does.
   *
   * @throws RefreshException if nobody can tell, so that its objects must stay
   */
  boolean create(String folder, int number, Manifest manifest, Deadline deadline) {
    ResultsBucket bounded = warehouse.within(deadline);
    String key = String.format(Locale.ROOT, "%smanifest-%010d.json", folder, number);
    String text = Json.text(manifest);
    SdkException failure = null;
    try {
      if (bounded.create(key, text)) {
        return true;
      }
    } catch (SdkException e) {
      failure = e;
    }
    // A refusal may be the answer to a request that was sent again because the first answer was
    // lost; the manifest that is there is ours then.
    Optional<String> there = bounded.get(key);
    if (there.isEmpty()) {
      throw new RefreshException(
          "Whether %s/%s was written is unknown: %s; the objects that it would name stay; compact again"
              .formatted(
                  warehouse, key, failure == null ? "another write goes on" : Reason.of(failure)),
          failure);
    }
    return there.get().equals(text);
  }

  void delete(List<String> files, Deadline deadline) {
    warehouse.within(deadline).delete(files);
  }
}
