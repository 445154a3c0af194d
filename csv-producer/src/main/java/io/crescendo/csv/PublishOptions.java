package io.crescendo.csv;

/**
 * How to publish a file.
 *
 * @param reading what is known about how it is written
 * @param again whether to publish it from its first row, whatever was published of it before
 * @param rowsPerSecond at most so many rows in a second; 0 = as many as go
 * @param maxRejectRate share of its rows that may be rejected, 0 to 1; a file with more is not
 *     published at all
 */
public record PublishOptions(
    ReadingOptions reading, boolean again, double rowsPerSecond, double maxRejectRate) {

  /** Everything found out from the file, once, as fast as it goes, whatever is rejected. */
  public static final PublishOptions DEFAULT =
      new PublishOptions(ReadingOptions.AUTOMATIC, false, 0, 1);

  /** As {@link #DEFAULT}, but from the first row, whatever was published before. */
  public static final PublishOptions AGAIN =
      new PublishOptions(ReadingOptions.AUTOMATIC, true, 0, 1);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public PublishOptions {
    if (!(rowsPerSecond >= 0) || !(maxRejectRate >= 0 && maxRejectRate <= 1)) {
      throw new IllegalArgumentException(
          "rows per second must be 0 or more, and the reject rate from 0 to 1, got %s and %s"
              .formatted(rowsPerSecond, maxRejectRate));
    }
  }
}
