package io.crescendo.streams;

import org.apache.kafka.common.serialization.Serde;

/**
 * What was written last of a genre.
 *
 * @param total of all its artists
 * @param reportedAt {@code reported_at} of the row, milliseconds since the epoch
 */
record GenreReport(GenreTotal total, long reportedAt) {

  static Serde<GenreReport> serde() {
    return new BinarySerde<>("genre report", 1, GenreReport::write, GenreReport::read);
  }

  private static void write(ByteWriter out, GenreReport report) {
    report.total.write(out);
    out.writeLong(report.reportedAt);
  }

  private static GenreReport read(ByteReader in) {
    return new GenreReport(GenreTotal.read(in), in.readLong());
  }
}
