package io.crescendo.connect.s3.protocol;

import java.time.ZoneId;

/**
 * When a batch ends. Each rule may be off; whichever comes first, ends the batch.
 *
 * @param records after so many records, or 0 for any number
 * @param bytes once one of its files holds so much, or 0 for any size
 * @param recordTimeMillis before the first record whose timestamp is so much later than the newest
 *     that had come when the batch began, or 0; also once so much time has passed since its first
 *     record arrived
 * @param wallClockMillis at every multiple of this, counted from midnight in {@code zone}, or 0
 * @param zone where midnight is
 */
public record RotationRules(
    long records, long bytes, long recordTimeMillis, long wallClockMillis, ZoneId zone) {}
