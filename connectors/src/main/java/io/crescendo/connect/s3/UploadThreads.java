package io.crescendo.connect.s3;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that finish and upload files. */
final class UploadThreads {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final long GRACE_SECONDS = 5;

  private UploadThreads() {}

  static ExecutorService start(int threads) {
    return Executors.newFixedThreadPool(
        threads,
        task -> {
          Thread thread = new Thread(task, "s3-parquet-upload-" + NUMBER.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Gives running uploads up: the next task to read the rows finds or writes their objects. */
  static void stop(ExecutorService executor) {
    executor.shutdownNow();
    try {
      executor.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
