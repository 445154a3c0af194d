package io.crescendo.refresh;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/** What requests to S3 need to be allowed. */
final class S3Calls {

  private final Set<Policy.Call> made =
      new ConcurrentSkipListSet<>(
          Comparator.comparing(Policy.Call::action).thenComparing(Policy.Call::resource));

  void note(S3Request request) {
    if (request instanceof GetObjectRequest get) {
      made.add(call("s3:GetObject", get.bucket(), get.key()));
    } else if (request instanceof PutObjectRequest put) {
      made.add(call("s3:PutObject", put.bucket(), put.key()));
    } else if (request instanceof ListObjectsV2Request list) {
      made.add(new Policy.Call("s3:ListBucket", "arn:aws:s3:::" + list.bucket()));
    } else if (request instanceof DeleteObjectsRequest delete) {
      delete
          .delete()
          .objects()
          .forEach(o -> made.add(call("s3:DeleteObject", delete.bucket(), o.key())));
    } else {
      throw new IllegalArgumentException("Which action is " + request.getClass() + "?");
    }
  }

  private static Policy.Call call(String action, String bucket, String key) {
    return new Policy.Call(action, "arn:aws:s3:::%s/%s".formatted(bucket, key));
  }

  Set<Policy.Call> made() {
    return made;
  }
}
