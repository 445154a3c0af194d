package io.crescendo.connect.s3;

import io.crescendo.connect.s3.protocol.PartitionLedger;
import io.crescendo.connect.s3.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sealed batch on its way to the store. */
final class Landing {

  private static final Logger LOG = LoggerFactory.getLogger(Landing.class);

  private static final long NOT_WAITING = Long.MIN_VALUE;

  private final List<FileUpload> uploads;
  private final Oldest oldest;
  private final Executor executor;
  private long retryAt = NOT_WAITING;

  Landing(List<FileUpload> uploads, Oldest oldest, Executor executor) {
    this.uploads = uploads;
    this.oldest = oldest;
    this.executor = executor;
    uploads.forEach(u -> u.start(executor));
  }

  /** Memory that its files take until they have landed, in bytes. */
  long bytes() {
    long bytes = 0;
    for (FileUpload upload : uploads) {
      bytes += upload.bytes();
    }
    return bytes;
  }

  /** Nobody waits for it any more: files that are not on their way yet, do not set out. */
  void abandon() {
    uploads.forEach(FileUpload::abandon);
  }

  /** The oldest of its records. */
  Oldest oldest() {
    return oldest;
  }

  /** Size of the largest file, in bytes, once all have landed. */
  long largestFile() {
    return uploads.stream().mapToLong(FileUpload::length).max().orElse(0);
  }

  /**
   * Waits until every attempt that runs has ended, well or badly.
   *
   * @return false if some still run after that time
   */
  boolean await(Duration longest) {
    CompletableFuture<?>[] running =
        uploads.stream().map(FileUpload::attempt).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(running).get(longest.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      LOG.debug("A file did not land; report() says which and why", e);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("Interrupted while files were being landed; nothing is lost", e);
    }
  }

  /**
   * Tells the ledger about files whose upload has ended.
   *
   * @return the failure of one that may succeed later, or null
   * @throws ConnectException if one failed for good
   */
  StoreException report(PartitionLedger ledger) {
    StoreException failure = null;
    for (FileUpload upload : uploads) {
      if (!upload.reported() && upload.attempt().isDone()) {
        StoreException failed = report(ledger, upload);
        failure = failure == null ? failed : failure;
      }
    }
    return failure;
  }

  /**
   * Tries failed files again, once the pause is over that began when a failure was first seen.
   *
   * @param now the time, in milliseconds
   * @param pause in milliseconds
   */
  void retryFailed(long now, long pause) {
    List<FileUpload> failed =
        uploads.stream().filter(u -> !u.reported() && u.transientFailure() != null).toList();
    if (failed.isEmpty()) {
      return;
    }
    if (retryAt == NOT_WAITING) {
      retryAt = now + pause;
      LOG.warn(
          "{} and {} more wait for the store; trying again in {} ms, nothing is lost",
          failed.get(0).key(),
          failed.size() - 1,
          pause);
    } else if (now >= retryAt || retryAt - now > pause) {
      // The latter where the clock was set back; the pause must not last as long as that.
      retryAt = NOT_WAITING;
      failed.forEach(u -> u.start(executor));
    }
  }

  private static StoreException report(PartitionLedger ledger, FileUpload upload) {
    StoreException failure = upload.transientFailure();
    if (failure != null) {
      return failure;
    }
    try {
      OptionalLong found = upload.attempt().join();
      if (found.isPresent()) {
        LOG.info(
            "{} exists and holds offsets up to {}; adopted, this file held {} to {}",
            upload.key(),
            found.getAsLong(),
            upload.range().first(),
            upload.range().last());
        ledger.found(upload.range(), found.getAsLong());
      } else {
        ledger.created(upload.range());
      }
      upload.markReported(found.isPresent());
      return null;
    } catch (CompletionException e) {
      throw e.getCause() instanceof ConnectException known
          ? known
          : new ConnectException(
              "%s was not landed; the task stops, and its rows are read again when it restarts: %s"
                  .formatted(upload.key(), e.getCause().getMessage()),
              e.getCause());
    }
  }
}
