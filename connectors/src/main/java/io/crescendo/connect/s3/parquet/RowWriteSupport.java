package io.crescendo.connect.s3.parquet;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;

/** Lets a row type write its rows. */
final class RowWriteSupport extends WriteSupport<Object> {

  private final RowType type;
  private RecordConsumer out;

  RowWriteSupport(RowType type) {
    this.type = type;
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return context();
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return context();
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(Object value) {
    out.startMessage();
    type.write(value, out);
    out.endMessage();
  }

  private WriteContext context() {
    return new WriteContext(type.columns(), Map.of());
  }
}
