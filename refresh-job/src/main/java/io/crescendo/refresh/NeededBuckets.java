package io.crescendo.refresh;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Buckets, encrypted and closed to the public. A bucket that uses a key of its own keeps it. */
final class NeededBuckets {

  // a region that a bucket may not be told to be in, being the one it is in when told nothing
  private static final String FIRST_REGION = "us-east-1";
  private static final int MOVED = 301;
  private static final int FORBIDDEN = 403;
  private static final Set<String> NOT_SET =
      Set.of(
          "ServerSideEncryptionConfigurationNotFoundError",
          "NoSuchPublicAccessBlockConfiguration",
          "NoSuchBucket");
  private static final PublicAccessBlockConfiguration CLOSED =
      PublicAccessBlockConfiguration.builder()
          .blockPublicAcls(true)
          .ignorePublicAcls(true)
          .blockPublicPolicy(true)
          .restrictPublicBuckets(true)
          .build();

  private final S3Client s3;
  private final String region;

  NeededBuckets(S3Client s3, String region) {
    this.s3 = s3;
    this.region = region;
  }

  List<Needed> of(List<String> buckets) {
    List<Needed> needed = new ArrayList<>();
    for (String bucket : buckets) {
      needed.add(
          new Needed(
              "bucket '%s'".formatted(bucket),
              () -> exists(bucket),
              () -> create(bucket),
              () -> {}));
      needed.add(
          new Needed(
              "encryption of bucket '%s'".formatted(bucket),
              () -> encryption(bucket),
              () -> encrypt(bucket),
              () -> encrypt(bucket)));
      needed.add(
          new Needed(
              "public access block of bucket '%s'".formatted(bucket),
              () -> access(bucket),
              () -> close(bucket),
              () -> close(bucket)));
    }
    return needed;
  }

  private Needed.State exists(String bucket) {
    try {
      s3.headBucket(b -> b.bucket(bucket));
      return Needed.State.same;
    } catch (NoSuchBucketException e) {
      return Needed.State.absent;
    } catch (S3Exception e) {
      // the answer to a HEAD has no body, so that S3 gives the status and no reason
      throw switch (e.statusCode()) {
        case FORBIDDEN ->
            unusable(bucket, "belongs to another account, or s3:ListBucket on it is missing", e);
        case MOVED -> unusable(bucket, "lies in another region than '%s'".formatted(region), e);
        default -> e;
      };
    }
  }

  private static RefreshException unusable(String bucket, String why, S3Exception e) {
    return new RefreshException(
        "bucket '%s' %s: %s; it and what comes after it were left alone; choose another name"
            .formatted(bucket, why, Reason.of(e)),
        e);
  }

  private void create(String bucket) {
    CreateBucketRequest.Builder request = CreateBucketRequest.builder().bucket(bucket);
    if (!region.equals(FIRST_REGION)) {
      request.createBucketConfiguration(c -> c.locationConstraint(region));
    }
    try {
      s3.createBucket(request.build());
    } catch (BucketAlreadyOwnedByYouException e) {
      // somebody else of this account was faster
    }
  }

  private Needed.State encryption(String bucket) {
    try {
      return s3.getBucketEncryption(b -> b.bucket(bucket))
              .serverSideEncryptionConfiguration()
              .rules()
              .isEmpty()
          ? Needed.State.absent
          : Needed.State.same;
    } catch (S3Exception e) {
      return absentIfNotSet(e);
    }
  }

  private void encrypt(String bucket) {
    s3.putBucketEncryption(
        b ->
            b.bucket(bucket)
                .serverSideEncryptionConfiguration(
                    c ->
                        c.rules(
                            r ->
                                r.applyServerSideEncryptionByDefault(
                                    d -> d.sseAlgorithm(ServerSideEncryption.AES256)))));
  }

  private Needed.State access(String bucket) {
    try {
      return CLOSED.equals(
              s3.getPublicAccessBlock(b -> b.bucket(bucket)).publicAccessBlockConfiguration())
          ? Needed.State.same
          : Needed.State.differs;
    } catch (S3Exception e) {
      return absentIfNotSet(e);
    }
  }

  private void close(String bucket) {
    s3.putPublicAccessBlock(b -> b.bucket(bucket).publicAccessBlockConfiguration(CLOSED));
  }

  private static Needed.State absentIfNotSet(S3Exception e) {
    if (e.awsErrorDetails() != null && NOT_SET.contains(e.awsErrorDetails().errorCode())) {
      return Needed.State.absent;
    }
    throw e;
  }
}
