package io.crescendo.connect.s3.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MILLIS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import java.util.Locale;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** What a row can say about the Kafka record that it came from. */
public enum MetadataColumn {

  /** The record's partition, as consumed. */
  PARTITION(Types.required(PrimitiveTypeName.INT32).named("kafka_partition")) {
    @Override
    void write(MetadataRow row, ColumnChunks out) {
      out.addInt(row.partition());
    }
  },

  /** The record's offset in that partition. */
  OFFSET(Types.required(PrimitiveTypeName.INT64).named("kafka_offset")) {
    @Override
    void write(MetadataRow row, ColumnChunks out) {
      out.addLong(row.offset());
    }
  },

  /** The record's timestamp; null where it has none, or one that readers refuse the column for. */
  TIMESTAMP(
      Types.optional(PrimitiveTypeName.INT64)
          .as(timestampType(true, MILLIS))
          .named("kafka_timestamp")) {
    @Override
    void write(MetadataRow row, ColumnChunks out) {
      if (row.timestamp() == null || !Millis.fit(row.timestamp())) {
        out.addNulls(1);
      } else {
        out.startOptional();
        out.addLong(row.timestamp());
        out.endOptional();
      }
    }
  };

  private final Type type;

  MetadataColumn(Type type) {
    this.type = type;
  }

  /** Its name in {@code metadata.columns}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The column. */
  Type type() {
    return type;
  }

  abstract void write(MetadataRow row, ColumnChunks out);
}
