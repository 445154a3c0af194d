package io.crescendo.refresh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What the footers of Parquet objects say. An object that was read once, by key and etag, is not
 * read again: what was learnt is kept in memory and, between programs, as a document in the results
 * bucket.
 *
 * <p>Thread-safe.
 */
final class Footers {

  private static final String KEY = "catalog/footers.json";

  private final S3Client s3;
  private final String bucket;
  private final ResultsBucket results;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private boolean loaded;
  private volatile boolean changed;

  Footers(S3Client s3, String bucket, ResultsBucket results) {
    this.s3 = s3;
    this.bucket = bucket;
    this.results = results;
  }

  /** A footer, in short. */
  record Footer(long rows, List<Column> columns) {}

  private record Known(String etag, Footer footer) {}

  /** The stored form; files share few schemas, so each schema is written once. */
  record Document(String bucket, List<List<Column>> schemas, Map<String, Entry> files) {

    record Entry(String etag, long rows, int schema) {}
  }

  /** Whether the footer of this object has yet to be read. */
  boolean isNew(S3Object object) {
    Known entry = known.get(object.key());
    return entry == null || !entry.etag().equals(object.eTag());
  }

  /**
   * The footer of an object.
   *
   * @throws DeadlineException if the deadline passes first
   * @throws RefreshException if it is not a Parquet file or cannot be read
   */
  Footer of(S3Object object, Deadline deadline) {
    if (isNew(object)) {
      Footer footer = read(object, deadline);
      known.put(object.key(), new Known(object.eTag(), footer));
      changed = true;
      return footer;
    }
    return known.get(object.key()).footer();
  }

  private Footer read(S3Object object, Deadline deadline) {
    try {
      return new FooterBytes(BoundedS3.within(deadline, s3), bucket).read(object);
    } catch (DeadlineException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new RefreshException(
          "s3://%s/%s cannot be read as Parquet: %s; no catalog was written"
              .formatted(bucket, object.key(), Reason.of(e)),
          e);
    }
  }

  /** Takes over what earlier crawls stored, once. */
  synchronized void load(Deadline deadline) {
    if (loaded) {
      return;
    }
    results
        .within(deadline)
        .read(KEY, Document.class)
        .filter(document -> document.bucket().equals(bucket))
        .ifPresent(
            document ->
                document
                    .files()
                    .forEach(
                        (key, entry) ->
                            known.putIfAbsent(
                                key,
                                new Known(
                                    entry.etag(),
                                    new Footer(
                                        entry.rows(), document.schemas().get(entry.schema()))))));
    loaded = true;
  }

  /** Forgets objects that are gone, and stores the rest if anything is new. */
  synchronized void store(java.util.Set<String> present, Deadline deadline) {
    changed |= known.keySet().retainAll(present);
    if (!changed) {
      return;
    }
    Map<List<Column>, Integer> schemas = new HashMap<>();
    List<List<Column>> ordered = new ArrayList<>();
    Map<String, Document.Entry> files = new TreeMap<>();
    known.forEach(
        (key, entry) -> {
          int schema =
              schemas.computeIfAbsent(
                  entry.footer().columns(),
                  columns -> {
                    ordered.add(columns);
                    return ordered.size() - 1;
                  });
          files.put(key, new Document.Entry(entry.etag(), entry.footer().rows(), schema));
        });
    results.within(deadline).put(KEY, Json.text(new Document(bucket, ordered, files)));
    changed = false;
  }
}
