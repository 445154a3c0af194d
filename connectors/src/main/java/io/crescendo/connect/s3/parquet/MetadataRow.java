package io.crescendo.connect.s3.parquet;

import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A row, and what it shows of the record that it came from.
 *
 * @param row the row without that
 * @param partition as consumed
 * @param offset as consumed
 * @param timestamp milliseconds since the epoch, or null
 */
record MetadataRow(Object row, int partition, long offset, Long timestamp) {

  /** What a row of this kind takes in memory beside the row itself, in bytes. */
  static final int BYTES = 48;

  static MetadataRow of(Object row, SinkRecord record) {
    return new MetadataRow(
        row, record.originalKafkaPartition(), record.originalKafkaOffset(), record.timestamp());
  }
}
