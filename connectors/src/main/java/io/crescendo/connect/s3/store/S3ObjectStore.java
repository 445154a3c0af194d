package io.crescendo.connect.s3.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Objects in an S3 bucket: one PutObject for a small one, a multipart upload for one above the part
 * size. Each request is repeated as the settings say.
 */
public final class S3ObjectStore implements ObjectStore {

  private static final Logger LOG = LoggerFactory.getLogger(S3ObjectStore.class);
  private static final String TYPE = "application/vnd.apache.parquet";
  private static final String HEAD = "HeadObject";
  private static final int NOT_FOUND = 404;
  private static final Duration LONGEST_CHECK = Duration.ofSeconds(10);

  private final Credentials credentials;
  private final S3Client s3;
  private final S3Settings settings;
  private final Retry retry;
  private final String onlyIfAbsent;
  private final ObjectHeaders headers;

  /**
   * What AWS checks parts by; null for other stores, of which some refuse what they do not know.
   *
   * <p>The SDK sends a checksum with each part though nobody asks for one. S3 then wants to know so
   * when the upload begins, and to get all of them when it ends; else it does not find the parts
   * (400 InvalidPart).
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/s3-checksums.html">
   *     Multipart uploads</a>
   */
  private final ChecksumAlgorithm checksum;

  /** A store with a client of its own. */
  public S3ObjectStore(S3Settings settings) {
    SdkHttpClient http = S3Clients.http(settings);
    this.credentials = new Credentials(settings.identity(), http);
    this.s3 = S3Clients.create(settings, http, credentials);
    this.settings = settings;
    this.retry = new Retry(settings.retries(), settings.retryBackoff());
    this.onlyIfAbsent = settings.conditionalWrites() ? "*" : null;
    this.headers = new ObjectHeaders(settings.objects());
    this.checksum = settings.endpoint() == null ? ChecksumAlgorithm.CRC32 : null;
  }

  @Override
  public void checkPlace() {
    try {
      s3.headBucket(
          r ->
              r.bucket(settings.bucket())
                  .overrideConfiguration(c -> c.apiCallTimeout(LONGEST_CHECK)));
    } catch (S3Exception e) {
      String region = region(e);
      if (region != null && !region.equals(settings.region())) {
        throw new StoreException(
            "s3.region must be that of the bucket %s, which is %s, got %s; set it, and start again"
                .formatted(settings.bucket(), region, settings.region()),
            false,
            e);
      }
      if (e.statusCode() == NOT_FOUND) {
        throw new StoreException(
            "s3.bucket.name must name a bucket of the store, got '%s', which is none; create it, and restart the task"
                .formatted(settings.bucket()),
            false,
            e);
      }
      notTold(e);
    } catch (SdkException e) {
      notTold(e);
    }
  }

  private void notTold(SdkException e) {
    LOG.info(
        "Whether there is a bucket {} cannot be told now: {}", settings.bucket(), e.toString());
  }

  /** The bucket's, where S3 says it: with any failure of who asks elsewhere. */
  private static String region(S3Exception e) {
    return e.awsErrorDetails() == null
        ? null
        : e.awsErrorDetails()
            .sdkHttpResponse()
            .firstMatchingHeader("x-amz-bucket-region")
            .orElse(null);
  }

  @Override
  public boolean create(String key, Content content, Map<String, String> metadata) {
    return content.length() <= settings.partSize()
        ? put(key, content, metadata)
        : putInParts(key, content, metadata);
  }

  @Override
  public Optional<Map<String, String>> metadata(String key) {
    return asked(() -> request(HEAD, key, () -> head(key, null)));
  }

  @Override
  public Optional<Map<String, String>> metadata(String key, Duration longest) {
    AwsRequestOverrideConfiguration once =
        AwsRequestOverrideConfiguration.builder().apiCallTimeout(longest).build();
    return asked(() -> judged(() -> attempt(named(HEAD, key), () -> head(key, once))));
  }

  /** Answers to HEAD have no document that would say what is not allowed. */
  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (StoreException e) {
      throw Failures.ofRights(e)
          ? new StoreException(e.getMessage() + Failures.RIGHTS_TO_ASK, e.isTransient(), e)
          : e;
    }
  }

  private Optional<Map<String, String>> head(String key, AwsRequestOverrideConfiguration limits) {
    try {
      // They travel as names of HTTP headers do, which proxies and stores may write in other case.
      Map<String, String> metadata = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      metadata.putAll(
          s3.headObject(
                  r -> {
                    r.bucket(settings.bucket()).key(key).overrideConfiguration(limits);
                    headers.add(r);
                  })
              .metadata());
      return Optional.of(metadata);
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    s3.close();
    credentials.close();
  }

  private boolean put(String key, Content content, Map<String, String> metadata) {
    return request(
        "PutObject",
        key,
        () -> {
          try {
            return unlessPresent(
                () ->
                    s3.putObject(
                        r -> {
                          r.bucket(settings.bucket())
                              .key(key)
                              .contentType(TYPE)
                              .metadata(metadata)
                              .ifNoneMatch(onlyIfAbsent);
                          headers.add(r, metadata);
                        },
                        body(content, 0, content.length())));
          } catch (SdkClientException e) {
            if (onlyIfAbsent != null && Failures.ofNetwork(e) && exists(key)) {
              return false;
            }
            throw e;
          }
        });
  }

  /**
   * Whether an object is there, as far as one question tells: after a write without an answer. The
   * write may have succeeded, or have met an object, which some stores say and hang up before they
   * have read the body; who still sends it, sees no more than a broken connection, however often.
   */
  private boolean exists(String key) {
    try {
      return head(key, null).isPresent();
    } catch (SdkException e) {
      LOG.debug("{}: cannot be asked for, so the write counts as failed", key, e);
      return false;
    }
  }

  private boolean putInParts(String key, Content content, Map<String, String> metadata) {
    String id =
        request(
            "CreateMultipartUpload",
            key,
            () ->
                s3.createMultipartUpload(
                        r -> {
                          r.bucket(settings.bucket())
                              .key(key)
                              .contentType(TYPE)
                              .metadata(metadata)
                              .checksumAlgorithm(checksum);
                          headers.add(r, metadata);
                        })
                    .uploadId());
    boolean completed = false;
    try {
      completed = complete(key, id, uploadParts(key, id, content));
      return completed;
    } catch (StoreException e) {
      if (!(e.getCause() instanceof NoSuchUploadException)) {
        throw e;
      }
      // An attempt to complete it may have succeeded, and its answer got lost.
      if (metadata(key).isPresent()) {
        return false;
      }
      throw new StoreException(
          key + ": its multipart upload was aborted by somebody else; it takes another", true, e);
    } finally {
      if (!completed) {
        abort(key, id);
      }
    }
  }

  private List<CompletedPart> uploadParts(String key, String id, Content content) {
    List<CompletedPart> parts = new ArrayList<>();
    for (long from = 0; from < content.length(); from += settings.partSize()) {
      long start = from;
      long end = Math.min(content.length(), from + settings.partSize());
      int number = parts.size() + 1;
      UploadPartResponse part =
          request(
              "UploadPart " + number,
              key,
              () ->
                  s3.uploadPart(
                      r -> {
                        r.bucket(settings.bucket())
                            .key(key)
                            .uploadId(id)
                            .partNumber(number)
                            .checksumAlgorithm(checksum);
                        headers.add(r);
                      },
                      body(content, start, end)));
      parts.add(
          CompletedPart.builder()
              .partNumber(number)
              .eTag(part.eTag())
              .checksumCRC32(checksum == null ? null : part.checksumCRC32())
              .build());
    }
    return parts;
  }

  private boolean complete(String key, String id, List<CompletedPart> parts) {
    return request(
        "CompleteMultipartUpload",
        key,
        () ->
            unlessPresent(
                () ->
                    s3.completeMultipartUpload(
                        r -> {
                          r.bucket(settings.bucket())
                              .key(key)
                              .uploadId(id)
                              .multipartUpload(u -> u.parts(parts))
                              .ifNoneMatch(onlyIfAbsent);
                          headers.add(r);
                        })));
  }

  /** Parts without an upload would be stored, and charged, until somebody deletes them. */
  private void abort(String key, String id) {
    // The SDK refuses to work for an interrupted thread, which that of a stopping task is.
    boolean interrupted = Thread.interrupted();
    try {
      request(
          "AbortMultipartUpload",
          key,
          () -> {
            try {
              return s3.abortMultipartUpload(
                  r -> r.bucket(settings.bucket()).key(key).uploadId(id));
            } catch (NoSuchUploadException e) {
              // Completed, though the answer got lost; or aborted, likewise.
              return null;
            }
          });
    } catch (StoreException e) {
      LOG.warn(
          "{}: multipart upload {} could not be aborted, its parts stay until a lifecycle rule"
              + " removes them: {}",
          key,
          id,
          e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean unlessPresent(Runnable write) {
    try {
      write.run();
      return true;
    } catch (S3Exception e) {
      if (Failures.ofCondition(e)) {
        return false;
      }
      throw e;
    }
  }

  private static RequestBody body(Content content, long from, long to) {
    return RequestBody.fromContentProvider(() -> content.open(from, to), to - from, TYPE);
  }

  private <T> T request(String operation, String key, Supplier<T> request) {
    String what = named(operation, key);
    return judged(() -> retry.call(what, () -> attempt(what, request)));
  }

  private <T> T judged(Supplier<T> request) {
    try {
      return request.get();
    } catch (StoreException e) {
      if (Failures.ofBucket(e)) {
        throw new StoreException(
            "%s; create bucket '%s', or name another one, and restart the task"
                .formatted(e.getMessage(), settings.bucket()),
            false,
            e);
      }
      if (Failures.ofStore(e)) {
        throw new StoreException(
            e.getMessage()
                + "; the store does not know something that it was asked for:"
                + " s3.conditional.writes=false asks for no condition, at the price of exactly once,"
                + " and s3.acl.canned, s3.ssea.name and s3.object.tagging may be left out",
            false,
            e);
      }
      if (e.isTransient() && Failures.ofCredentials(e)) {
        throw new StoreException(
            e.getMessage() + "; without valid credentials waiting does not help", false, e);
      }
      throw e;
    }
  }

  private String named(String operation, String key) {
    return operation + " s3://" + settings.bucket() + "/" + key;
  }

  private static <T> T attempt(String what, Supplier<T> request) {
    try {
      return request.get();
    } catch (AwsServiceException e) {
      throw new StoreException(
          "%s failed with %s: %s".formatted(what, e.statusCode(), e.getMessage()),
          Failures.mayPass(e),
          e);
    } catch (SdkClientException e) {
      boolean mayPass = Failures.mayPass(e);
      throw new StoreException(
          what + (mayPass ? " got no answer: " : " was not sent: ") + e.getMessage(), mayPass, e);
    }
  }
}
