package io.crescendo.connect.s3.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * Adds {@link ObjectSettings} to requests.
 *
 * <p>An object of a customer's key needs that key in every request about it, even to look at it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html">
 *     SSE-C</a>
 */
final class ObjectHeaders {

  /** Confluent's names of tags, by ours of metadata. */
  private static final Map<String, String> TAGS =
      Map.of("first-offset", "startOffset", "last-offset", "endOffset", "rows", "recordCount");

  private static final String CUSTOMER_ALGORITHM = "AES256";

  private final ObjectSettings settings;
  private final String customerAlgorithm;
  private final String customerKey;
  private final String customerKeyMd5;

  ObjectHeaders(ObjectSettings settings) {
    this.settings = settings;
    boolean own = settings.customerKey() != null;
    this.customerAlgorithm = own ? CUSTOMER_ALGORITHM : null;
    this.customerKey = own ? settings.customerKey().value() : null;
    this.customerKeyMd5 = own ? md5(customerKey) : null;
  }

  void add(PutObjectRequest.Builder request, Map<String, String> metadata) {
    request
        .acl(settings.acl())
        .serverSideEncryption(settings.encryption())
        .ssekmsKeyId(settings.kmsKeyId())
        .sseCustomerAlgorithm(customerAlgorithm)
        .sseCustomerKey(customerKey)
        .sseCustomerKeyMD5(customerKeyMd5);
    if (settings.tagged()) {
      request.tagging(tagging(metadata));
    }
  }

  void add(CreateMultipartUploadRequest.Builder request, Map<String, String> metadata) {
    request
        .acl(settings.acl())
        .serverSideEncryption(settings.encryption())
        .ssekmsKeyId(settings.kmsKeyId())
        .sseCustomerAlgorithm(customerAlgorithm)
        .sseCustomerKey(customerKey)
        .sseCustomerKeyMD5(customerKeyMd5);
    if (settings.tagged()) {
      request.tagging(tagging(metadata));
    }
  }

  void add(UploadPartRequest.Builder request) {
    request
        .sseCustomerAlgorithm(customerAlgorithm)
        .sseCustomerKey(customerKey)
        .sseCustomerKeyMD5(customerKeyMd5);
  }

  void add(CompleteMultipartUploadRequest.Builder request) {
    request
        .sseCustomerAlgorithm(customerAlgorithm)
        .sseCustomerKey(customerKey)
        .sseCustomerKeyMD5(customerKeyMd5);
  }

  void add(HeadObjectRequest.Builder request) {
    request
        .sseCustomerAlgorithm(customerAlgorithm)
        .sseCustomerKey(customerKey)
        .sseCustomerKeyMD5(customerKeyMd5);
  }

  private Tagging tagging(Map<String, String> metadata) {
    Map<String, String> tags = new TreeMap<>(settings.tags());
    TAGS.forEach(
        (name, tag) -> {
          if (metadata.containsKey(name)) {
            tags.put(tag, metadata.get(name));
          }
        });
    return Tagging.builder()
        .tagSet(
            tags.entrySet().stream()
                .map(t -> Tag.builder().key(t.getKey()).value(t.getValue()).build())
                .toList())
        .build();
  }

  private static String md5(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(Base64.getDecoder().decode(key));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5", e);
    }
  }
}
