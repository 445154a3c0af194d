package io.crescendo.connect.s3.parquet;

/** Timestamps in milliseconds since the epoch. */
final class Millis {

  /** What a timestamp must be. */
  static final String RULE = "a timestamp within 292,000 years of 1970";

  private static final long MOST = Long.MAX_VALUE / 1_000;

  private Millis() {}

  /**
   * Whether readers take it: they count microseconds in 64 bits, and refuse the whole column for
   * one value that has no place there, such as Debezium's infinity.
   */
  static boolean fit(long millis) {
    return millis >= -MOST && millis <= MOST;
  }
}
