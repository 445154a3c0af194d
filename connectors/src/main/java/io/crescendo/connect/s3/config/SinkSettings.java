package io.crescendo.connect.s3.config;

import io.crescendo.connect.s3.layout.LayoutSettings;
import io.crescendo.connect.s3.protocol.RotationRules;
import io.crescendo.connect.s3.store.S3Settings;
import java.time.Duration;

/**
 * Everything that a task needs to know.
 *
 * @param store the bucket
 * @param layout object names
 * @param rotation when files end
 * @param lateMillis how long files of late records may stay open beyond that, or 0
 * @param format what is in them
 * @param bufferBytes memory for rows that have not landed, in bytes, of the whole task
 * @param uploadThreads files that are finished and uploaded at once
 * @param retryBackoff pause before a batch is uploaded again whose requests have used up their
 *     retries
 */
public record SinkSettings(
    S3Settings store,
    LayoutSettings layout,
    RotationRules rotation,
    long lateMillis,
    FormatSettings format,
    long bufferBytes,
    int uploadThreads,
    Duration retryBackoff) {}
