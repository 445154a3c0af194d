package io.crescendo.refresh;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Copies of warehouse objects on the local disk, each fetched once by key and etag. Several
 * programs may share the directory: a copy appears whole under its final name, and is removed only
 * when it has been unused for a while.
 */
final class LocalObjects {

  private static final Logger LOG = LoggerFactory.getLogger(LocalObjects.class);
  private static final int HASH_BYTES = 16;
  private static final Duration KEEP_UNUSED = Duration.ofHours(1);

  private final S3Client s3;
  private final String bucket;
  private final Path directory;
  private final Clock clock;

  LocalObjects(S3Client s3, String bucket, Path directory, Clock clock) {
    this.s3 = s3;
    this.bucket = bucket;
    this.directory = directory;
    this.clock = clock;
  }

  /** Whether a copy of every object is here. */
  boolean complete(List<Catalog.Table> tables) {
    return tables.stream().allMatch(t -> t.files().stream().allMatch(f -> isHere(path(t, f), f)));
  }

  /** A full disk or a crash of the system may have left a copy that is shorter than its object. */
  private static boolean isHere(Path path, Catalog.DataFile file) {
    try {
      return Files.size(path) == file.bytes();
    } catch (IOException e) {
      return false;
    }
  }

  /** Fetches what is not here yet. */
  void fetch(List<Catalog.Table> tables, Attempt attempt) {
    record Missing(Catalog.DataFile file, Path path) {}
    List<Missing> missing =
        tables.stream()
            .flatMap(t -> t.files().stream().map(f -> new Missing(f, path(t, f))))
            .filter(m -> !isHere(m.path(), m.file()))
            .toList();
    InParallel.forEach(
        missing,
        m -> {
          attempt.deadline().check("Fetching the objects of s3://%s had".formatted(bucket));
          download(m.file(), m.path(), attempt.deadline());
        });
  }

  private void download(Catalog.DataFile file, Path path, Deadline deadline) {
    Path part = null;
    try {
      Files.createDirectories(path.getParent());
      part = Files.createTempFile(directory, "fetch-", ".part");
      Files.delete(part);
      Path target = part;
      BoundedS3.within(deadline, s3)
          .getObject(
              b -> b.bucket(bucket).key(file.key()).ifMatch(file.etag()),
              ResponseTransformer.toFile(target));
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (DeadlineException e) {
      deleteQuietly(part);
      throw e;
    } catch (IOException | SdkException e) {
      deleteQuietly(part);
      throw new RefreshException(
          "s3://%s/%s could not be copied to %s: %s; no query was run"
              .formatted(bucket, file.key(), path, Reason.of(e)),
          e);
    }
  }

  /**
   * Where the copy of an object lies: {@code <table>/<column>=<value>/…/<hash>.parquet}, so that
   * the engine finds the partition columns in the path, as {@link #nameInPath} and {@link #inPath}
   * have them. Nothing of the key becomes a path unescaped.
   */
  Path path(Catalog.Table table, Catalog.DataFile file) {
    Path path = directory.resolve(escape(table.name()));
    for (int i = 0; i < table.partitionedBy().size(); i++) {
      String value = file.partition().get(table.partitionedBy().get(i));
      path = path.resolve(nameInPath(i) + "=" + escape(inPath(value)));
    }
    return path.resolve(hash(file.key() + "\0" + file.etag()) + ".parquet");
  }

  /**
   * What the path has for the name of a partition column. DuckDB decodes values only, not names.
   */
  static String nameInPath(int position) {
    return "crescendo_partition_" + position;
  }

  /**
   * What the path has for the value of a partition column: the value itself, or its hash where
   * escaping could make it too long for the name of a directory. As only values that are shorter
   * than a hash stand for themselves, none is mistaken for another's hash.
   */
  static String inPath(String value) {
    return escape(value).length() < HASH_BYTES * 2 ? value : hash(value);
  }

  private static String escape(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  private static String hash(String text) {
    return Sha256.hex(text, HASH_BYTES);
  }

  /**
   * Removes copies that no table refers to and that another program is not about to read. What
   * cannot be removed stays for the next time; what another program renames or removes meanwhile is
   * passed over.
   */
  void removeUnused(List<Catalog.Table> tables) {
    Set<Path> used =
        tables.stream()
            .flatMap(t -> t.files().stream().map(f -> path(t, f)))
            .collect(Collectors.toSet());
    Instant before = clock.instant().minus(KEEP_UNUSED);
    try {
      Files.walkFileTree(
          directory,
          new TolerantVisitor(
              (file, attributes) -> {
                if (attributes.isRegularFile()
                    && !used.contains(file)
                    && attributes.lastModifiedTime().toInstant().isBefore(before)) {
                  Files.deleteIfExists(file);
                }
              }));
    } catch (IOException e) {
      LOG.warn("Copies in {} that are no longer needed stay: {}", directory, Reason.of(e));
    }
  }

  private static void deleteQuietly(Path part) {
    try {
      if (part != null) {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      // the failure that led here is the one to report; the rest of a fetch is removed later
    }
  }
}
