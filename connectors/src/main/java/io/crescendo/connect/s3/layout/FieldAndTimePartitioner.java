package io.crescendo.connect.s3.layout;

import io.crescendo.connect.s3.parquet.RowType;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Directories by fields, and below them by time: {@code genre=pop/dt=2026-11-22}.
 *
 * @param fields the upper levels
 * @param time the lower ones
 * @param delimiter between them
 */
record FieldAndTimePartitioner(Partitioner fields, Partitioner time, String delimiter)
    implements Partitioner {

  @Override
  public String directory(SinkRecord record, RowType type) {
    return fields.directory(record, type) + delimiter + time.directory(record, type);
  }
}
