package io.crescendo.connect.s3.parquet;

import org.apache.kafka.connect.data.Schema;

/**
 * Row types of whatever a converter yields: bytes as Avro, all else as Structs.
 *
 * @param avro for byte arrays
 * @param structs for the others
 */
public record ValueRowTypes(RowTypes avro, RowTypes structs) implements RowTypes {

  @Override
  public RowType of(Schema schema, Object value) {
    return (value instanceof byte[] ? avro : structs).of(schema, value);
  }
}
