package io.crescendo.refresh;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;

/** A store that notes its requests, where something happens before some of them are sent. */
final class MeddledStore extends DelegatingS3Client {

  final List<S3Request> requests = new CopyOnWriteArrayList<>();
  private final Consumer<S3Request> before;

  /** A store over another one; what {@code before} throws, the request fails with. */
  MeddledStore(S3Client store, Consumer<S3Request> before) {
    super(store);
    this.before = before;
  }

  @Override
  protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
    requests.add(request);
    before.accept(request);
    return operation.apply(request);
  }
}
