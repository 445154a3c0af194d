package io.crescendo.csv;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An object in an S3 store. Observed at what its user metadata {@value #OBSERVED_AT} says
 * (ISO-8601), else at its LastModified.
 */
public final class S3Source implements Source {

  /** User metadata that says when the figures in a staged file were true. */
  public static final String OBSERVED_AT = "observed-at";

  private final S3Client s3;
  private final S3Location location;
  private final long size;
  private final String etag;
  private final Instant observedAt;

  private S3Source(S3Client s3, S3Location location, HeadObjectResponse head) {
    this.s3 = s3;
    this.location = location;
    this.size = head.contentLength();
    this.etag = head.eTag();
    this.observedAt = stated(location, head);
  }

  /**
   * One object.
   *
   * @param s3 client that also reads it later; not closed here
   * @throws UnusableSourceException if the store has no such object, or its metadata {@value
   *     #OBSERVED_AT} is not an instant
   * @throws SdkException if the store fails or refuses
   */
  public static S3Source of(S3Client s3, S3Location location) {
    try {
      return new S3Source(
          s3,
          location,
          s3.headObject(request -> request.bucket(location.bucket()).key(location.key())));
    } catch (NoSuchKeyException | NoSuchBucketException e) {
      throw new UnusableSourceException(
          "%s: no such object; nothing was published".formatted(location), e);
    }
  }

  /**
   * Every artist file below a prefix ({@code .csv}, {@code .tsv} or {@code .txt}, also with {@code
   * .gz} or {@code .zst}), oldest observation first, so that growth is seen in the order in which
   * it happened.
   *
   * @throws UnusableSourceException if there is no bucket, no such object, or bad metadata on one
   */
  public static List<S3Source> below(S3Client s3, S3Location prefix) {
    List<S3Source> found =
        below(
            s3,
            prefix,
            new HashMap<>(),
            problem -> {
              throw problem;
            });
    if (found.isEmpty()) {
      throw new UnusableSourceException(
          "%s: no artist file below it; nothing was published".formatted(prefix));
    }
    return found;
  }

  /**
   * As the other, but maybe empty.
   *
   * @param described sources below the prefix known from earlier, by key and ETag, which are not
   *     asked for again; gets the new ones, and loses those that are there no more
   * @param problems gets what is wrong with single objects; the others are found all the same
   */
  static List<S3Source> below(
      S3Client s3,
      S3Location prefix,
      Map<String, S3Source> described,
      Consumer<UnusableSourceException> problems) {
    List<S3Source> found = new ArrayList<>();
    Set<String> listed = new HashSet<>();
    try {
      for (S3Object object :
          s3.listObjectsV2Paginator(r -> r.bucket(prefix.bucket()).prefix(prefix.key()))
              .contents()) {
        if (isArtistFile(object.key())) {
          String version = object.key() + " " + object.eTag();
          listed.add(version);
          try {
            found.add(
                described.computeIfAbsent(
                    version, place -> of(s3, new S3Location(prefix.bucket(), object.key()))));
          } catch (UnusableSourceException e) {
            problems.accept(e);
          }
        }
      }
      described.keySet().retainAll(listed);
      found.sort(Comparator.comparing(S3Source::observedAt).thenComparing(S3Source::name));
      return found;
    } catch (NoSuchBucketException e) {
      throw new UnusableSourceException(
          "%s: no such bucket; nothing was published".formatted(prefix), e);
    }
  }

  private static boolean isArtistFile(String key) {
    return LocalFiles.ARTIST_FILE.matcher(key.substring(key.lastIndexOf('/') + 1)).matches();
  }

  private static Instant stated(S3Location location, HeadObjectResponse head) {
    // They travel as names of HTTP headers do, which proxies and stores may write in other case.
    Map<String, String> metadata = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    metadata.putAll(head.metadata());
    String stated = metadata.get(OBSERVED_AT);
    if (stated == null) {
      return head.lastModified();
    }
    try {
      return Instant.parse(stated);
    } catch (DateTimeException e) {
      throw new UnusableSourceException(
          "%s: metadata '%s' must be an ISO-8601 instant, got '%s'; nothing was published"
              .formatted(location, OBSERVED_AT, stated),
          e);
    }
  }

  /** The object's key. */
  @Override
  public String name() {
    return location.key();
  }

  /** Place, size and ETag: an object that was replaced by another is another source. */
  @Override
  public String identity() {
    return "%s %s etag:%s".formatted(location, size, etag);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Instant observedAt() {
    return observedAt;
  }

  /**
   * Opens the very object that was described: fails when it was replaced since, because size and
   * time of observation would be those of another file.
   */
  @Override
  public InputStream open() throws IOException {
    return new ObjectStream(s3, location, etag, size, LockSupport::parkNanos);
  }
}
