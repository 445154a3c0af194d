package io.crescendo.connect.s3.config;

import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Keys about what a task may use. */
final class TaskKeys {

  static final String BUFFER = "buffer.memory.bytes";
  static final String THREADS = "upload.threads";
  static final String RETRY_BACKOFF = "retry.backoff.ms";

  /** A day: nobody means more, and sums of times stay numbers. */
  static final long LONGEST_PAUSE = Duration.ofDays(1).toMillis();

  private static final long MIB = 1024L * 1024;

  private TaskKeys() {}

  static void define(ConfigDef keys) {
    keys.define(
            BUFFER,
            Type.LONG,
            128 * MIB,
            Range.atLeast(MIB),
            Importance.MEDIUM,
            "Memory for rows that have not landed, in bytes, of each task. Half of it is for files that"
                + " take rows, of which each topic partition of the task has one for each directory;"
                + " where that fills up, the largest batch is landed first, however small its files"
                + " are. So files of many partitions or directories are tiny with little memory; the"
                + " task warns of it.")
        .define(
            THREADS,
            Type.INT,
            4,
            Range.between(1, 64),
            Importance.LOW,
            "Files that a task finishes and uploads at once.")
        .define(
            RETRY_BACKOFF,
            Type.LONG,
            5000L,
            Range.between(0L, LONGEST_PAUSE),
            Importance.LOW,
            "Pause in milliseconds before a batch is uploaded again whose requests have used up"
                + " s3.part.retries.");
  }
}
