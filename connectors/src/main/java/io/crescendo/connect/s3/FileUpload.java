package io.crescendo.connect.s3;

import io.crescendo.connect.s3.metrics.TaskMetrics;
import io.crescendo.connect.s3.parquet.ParquetFile;
import io.crescendo.connect.s3.protocol.FileRange;
import io.crescendo.connect.s3.store.Content;
import io.crescendo.connect.s3.store.ObjectStore;
import io.crescendo.connect.s3.store.StoreException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One file on its way to the store.
 *
 * <p>Finishing a file compresses its last pages, so it is done beside consumption, as the upload
 * is.
 */
final class FileUpload {

  private final FileRange range;
  private final String key;
  private final ObjectMetadata metadata;
  private final ObjectStore store;
  private final TaskMetrics metrics;

  /** Tells an object that an earlier attempt of this upload created from that of another. */
  private final String id = UUID.randomUUID().toString();

  /** Only the attempt that runs touches these two, and attempts follow each other. */
  private ParquetFile file;

  private long length;

  /** Memory that the file takes, in bytes, until it has landed or nobody wants it to. */
  private volatile long bytes;

  /** Whether the attempt has begun, or has been kept from it. */
  private final AtomicBoolean begun = new AtomicBoolean();

  private CompletableFuture<OptionalLong> attempt;
  private boolean reported;

  FileUpload(FileRange range, String key, ParquetFile file, Workbench bench) {
    this.range = range;
    this.key = key;
    this.file = file;
    this.bytes = OpenFiles.bytes(file);
    this.metadata = bench.metadata();
    this.store = bench.store();
    this.metrics = bench.metrics();
  }

  FileRange range() {
    return range;
  }

  String key() {
    return key;
  }

  /** Starts an attempt. */
  void start(Executor executor) {
    begun.set(false);
    attempt = CompletableFuture.supplyAsync(this::run, executor);
  }

  /** The attempt: empty if it created the object, else the last offset of the one found. */
  CompletableFuture<OptionalLong> attempt() {
    return attempt;
  }

  /** Why the attempt failed, in a way that another one may not; null where it did not so. */
  StoreException transientFailure() {
    return attempt.isCompletedExceptionally()
            && attempt.handle((found, failure) -> failure.getCause()).join()
                instanceof StoreException failure
            && failure.isTransient()
        ? failure
        : null;
  }

  /** Nobody waits for the file any more: no attempt begins, and one that runs is the last. */
  void abandon() {
    if (begun.compareAndSet(false, true)) {
      release();
      attempt.complete(OptionalLong.empty());
    } else {
      attempt.whenComplete((found, failure) -> release());
    }
  }

  /** Memory that the file takes, in bytes. */
  long bytes() {
    return bytes;
  }

  /** Size of the file, in bytes, once an attempt has ended. */
  long length() {
    return length;
  }

  /** Whether the ledger knows the outcome. */
  boolean reported() {
    return reported;
  }

  /** The ledger knows that the object exists. */
  void markReported(boolean adopted) {
    if (adopted) {
      metrics.adopted();
    }
    reported = true;
  }

  private OptionalLong run() {
    if (!begun.compareAndSet(false, true)) {
      return OptionalLong.empty();
    }
    long start = System.nanoTime();
    try {
      return land();
    } finally {
      metrics.uploaded(System.nanoTime() - start);
    }
  }

  private OptionalLong land() {
    Content content = file.finish();
    length = content.length();
    OptionalLong found = create(content);
    if (found.isEmpty()) {
      // Not where it is reported: its partition may have moved away meanwhile.
      metrics.landed(range.rows(), length);
    }
    // The rest of the batch may take long; what has landed must not wait for it in memory.
    release();
    return found;
  }

  private void release() {
    file = null;
    bytes = 0;
  }

  private OptionalLong create(Content content) {
    if (store.create(key, content, metadata.of(range, id))) {
      return OptionalLong.empty();
    }
    Map<String, String> found = found();
    long last = metadata.lastOffset(key, range.first(), found);
    return ObjectMetadata.isOf(id, found) ? OptionalLong.empty() : OptionalLong.of(last);
  }

  /** What is written beside the object that was met. */
  private Map<String, String> found() {
    try {
      return store
          .metadata(key)
          .orElseThrow(
              () -> new StoreException("Object " + key + " vanished when it was met", true, null));
    } catch (StoreException e) {
      if (e.isTransient()) {
        throw e;
      }
      throw new StoreException(
          "it exists, and could not be asked how far it reaches: " + e.getMessage(), false, e);
    }
  }
}
