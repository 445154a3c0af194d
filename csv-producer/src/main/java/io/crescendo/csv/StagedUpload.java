package io.crescendo.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Puts local files into the staging bucket, each with the user metadata {@link
 * S3Source#OBSERVED_AT}, because the store itself only remembers the time of the upload.
 *
 * <p>One PutObject per file, so a file may have at most 5 GB.
 */
public final class StagedUpload {

  private final S3Client s3;
  private final String bucket;

  /**
   * Uploads to one bucket.
   *
   * @param s3 client to use; not closed here
   * @param bucket existing bucket
   */
  public StagedUpload(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /**
   * Uploads a file under its own name, observed at its modification time.
   *
   * @throws IOException if the file cannot be read
   * @throws SdkException if the store fails or refuses
   */
  public S3Source upload(Path file) throws IOException {
    return upload(
        file, String.valueOf(file.getFileName()), Files.getLastModifiedTime(file).toInstant());
  }

  /**
   * Uploads a file.
   *
   * @param key object key; an object that has it is replaced
   * @param observedAt when the figures in the file were true
   * @return the uploaded object, ready to publish
   * @throws SdkException if the file cannot be read, or the store fails or refuses
   */
  public S3Source upload(Path file, String key, Instant observedAt) {
    S3Location location = new S3Location(bucket, key);
    s3.putObject(
        request ->
            request
                .bucket(bucket)
                .key(key)
                .contentType("text/csv")
                .metadata(Map.of(S3Source.OBSERVED_AT, observedAt.toString())),
        file);
    return S3Source.of(s3, location);
  }
}
