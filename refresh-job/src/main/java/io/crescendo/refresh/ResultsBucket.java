package io.crescendo.refresh;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Small JSON documents in the bucket where refreshes leave what they found. */
final class ResultsBucket {

  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;
  private static final int DELETE_LIMIT = 1000;

  private final S3Client s3;
  private final String bucket;

  ResultsBucket(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** The same bucket, for work with this deadline. */
  ResultsBucket within(Deadline deadline) {
    return new ResultsBucket(BoundedS3.within(deadline, s3), bucket);
  }

  /**
   * A document that is there.
   *
   * @throws RefreshException if it is damaged
   */
  <T> Optional<T> read(String key, Class<T> type) {
    return get(key)
        .map(
            json -> {
              try {
                return Json.read(json, type);
              } catch (UncheckedIOException e) {
                throw new RefreshException(
                    "%s/%s is damaged: %s".formatted(this, key, e.getMessage()), e);
              }
            });
  }

  Optional<String> get(String key) {
    try {
      return Optional.of(s3.getObjectAsBytes(b -> b.bucket(bucket).key(key)).asUtf8String());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  void put(String key, String json) {
    s3.putObject(request(key).build(), RequestBody.fromString(json));
  }

  /** Writes a document that must not exist yet; says whether it did not, so that it is ours. */
  boolean create(String key, String json) {
    try {
      s3.putObject(request(key).ifNoneMatch("*").build(), RequestBody.fromString(json));
      return true;
    } catch (S3Exception e) {
      // 409: another conditional write of the same key was going on
      if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  private PutObjectRequest.Builder request(String key) {
    return PutObjectRequest.builder().bucket(bucket).key(key).contentType("application/json");
  }

  /** Keys under a prefix in ascending order, those after {@code after} only. */
  List<String> keys(String prefix, String after) {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder().bucket(bucket).prefix(prefix);
    if (!after.isEmpty()) {
      request.startAfter(after);
    }
    return s3.listObjectsV2Paginator(request.build()).contents().stream()
        .map(S3Object::key)
        .filter(k -> k.compareTo(after) > 0)
        .toList();
  }

  void delete(List<String> keys) {
    for (int from = 0; from < keys.size(); from += DELETE_LIMIT) {
      List<ObjectIdentifier> batch = new ArrayList<>();
      for (String key : keys.subList(from, Math.min(keys.size(), from + DELETE_LIMIT))) {
        batch.add(ObjectIdentifier.builder().key(key).build());
      }
      s3.deleteObjects(b -> b.bucket(bucket).delete(d -> d.objects(batch).quiet(true)));
    }
  }

  @Override
  public String toString() {
    return "s3://" + bucket;
  }
}
