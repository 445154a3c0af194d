package io.crescendo.connect.s3.layout;

import io.crescendo.connect.s3.parquet.RowType;
import org.apache.kafka.connect.sink.SinkRecord;

/** Chooses a record's directory below its topic. Not thread-safe. */
@FunctionalInterface
public interface Partitioner {

  /**
   * The directory, such as {@code dt=2026-11-22}, without a delimiter at either end.
   *
   * @throws io.crescendo.connect.s3.parquet.BadRowException if the record has none
   */
  String directory(SinkRecord record, RowType type);
}
