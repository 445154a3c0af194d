package io.crescendo.connect.s3.parquet;

import org.apache.kafka.connect.data.Schema;

/** Finds the row type of a record value. */
@FunctionalInterface
public interface RowTypes {

  /**
   * @param schema Connect schema of the value; null without
   * @param value the value, not null
   * @throws BadRowException if values of this kind cannot become rows
   */
  RowType of(Schema schema, Object value);
}
