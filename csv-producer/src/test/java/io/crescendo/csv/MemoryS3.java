package io.crescendo.csv;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One bucket, {@code staging}, in memory. */
final class MemoryS3 implements S3Client {

  static final Instant LAST_MODIFIED = Instant.parse("2026-02-02T02:02:02Z");

  private record Stored(String text, Map<String, String> metadata) {
    String etag() {
      return "\"" + Integer.toHexString(text.hashCode()) + "\"";
    }
  }

  private final Map<String, Stored> objects = new TreeMap<>();
  private final List<String> ranges = new ArrayList<>();
  private int breakAfter = Integer.MAX_VALUE;
  private int breaks;
  private int heads;
  boolean servesRanges = true;
  boolean closed;

  /** Lets so many answers break off after so many bytes. */
  void breakOff(int times, int bytes) {
    breaks = times;
    breakAfter = bytes;
  }

  /** Ranges that were asked for; null for a whole object. */
  List<String> ranges() {
    return ranges;
  }

  void put(String key, String text, Map<String, String> metadata) {
    objects.put(key, new Stored(text, metadata));
  }

  void remove(String key) {
    objects.remove(key);
  }

  /** How often somebody asked for the description of an object. */
  int heads() {
    return heads;
  }

  @Override
  public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
    try (InputStream in = body.contentStreamProvider().newStream()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      put(request.key(), text, request.metadata());
      return PutObjectResponse.builder().build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public HeadObjectResponse headObject(HeadObjectRequest request) {
    heads++;
    Stored stored = objects.get(request.key());
    if (stored == null || !request.bucket().equals("staging")) {
      throw NoSuchKeyException.builder().message("404").build();
    }
    return HeadObjectResponse.builder()
        .contentLength((long) stored.text().getBytes(StandardCharsets.UTF_8).length)
        .eTag(stored.etag())
        .lastModified(LAST_MODIFIED)
        .metadata(stored.metadata())
        .build();
  }

  @Override
  public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
    if (!request.bucket().equals("staging")) {
      throw NoSuchBucketException.builder().message("404").build();
    }
    return ListObjectsV2Response.builder()
        .isTruncated(false)
        .contents(
            objects.keySet().stream()
                .filter(key -> key.startsWith(request.prefix()))
                .map(key -> S3Object.builder().key(key).build())
                .toList())
        .build();
  }

  @Override
  public <T> T getObject(
      GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
    Stored stored = objects.get(request.key());
    if (!stored.etag().equals(request.ifMatch())) {
      throw S3Exception.builder()
          .statusCode(412)
          .message("At least one precondition failed")
          .build();
    }
    ranges.add(request.range());
    byte[] bytes = stored.text().getBytes(StandardCharsets.UTF_8);
    int from =
        request.range() == null || !servesRanges
            ? 0
            : Integer.parseInt(request.range().replaceAll("bytes=(\\d+)-", "$1"));
    InputStream in =
        breaks-- > 0
            ? breaking(bytes, from)
            : new ByteArrayInputStream(bytes, from, bytes.length - from);
    try {
      return transformer.transform(
          GetObjectResponse.builder()
              .contentRange(
                  request.range() == null || !servesRanges
                      ? null
                      : "bytes %s-%s/%s".formatted(from, bytes.length - 1, bytes.length))
              .build(),
          AbortableInputStream.create(in));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private InputStream breaking(byte[] bytes, int from) {
    return new FilterInputStream(new ByteArrayInputStream(bytes, from, breakAfter)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        if (read < 0) {
          throw new SocketTimeoutException("Read timed out");
        }
        return read;
      }
    };
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
    return getObject(request, ResponseTransformer.toInputStream());
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    closed = true;
  }
}
