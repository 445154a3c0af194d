package io.crescendo.connect.s3.layout;

import io.crescendo.connect.s3.parquet.BadRowException;
import io.crescendo.connect.s3.parquet.RowType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;

/** One directory level per field: {@code genre=pop/late=false}. */
final class FieldPartitioner implements Partitioner {

  private final List<String> fields;
  private final String delimiter;

  FieldPartitioner(List<String> fields, String delimiter) {
    this.fields = List.copyOf(fields);
    this.delimiter = delimiter;
  }

  @Override
  public String directory(SinkRecord record, RowType type) {
    StringBuilder directory = new StringBuilder();
    for (String field : fields) {
      Object value = type.field(field).read(record.value());
      if (value instanceof Date date) {
        value = date.toInstant();
      }
      if (!(value == null
          || value instanceof Number
          || value instanceof String
          || value instanceof Boolean
          || value instanceof LocalDate
          || value instanceof Instant)) {
        throw new BadRowException(
            field,
            "must be a number, a string, a boolean or a time (partition.field.name), got "
                + value.getClass().getSimpleName());
      }
      if (directory.length() > 0) {
        directory.append(delimiter);
      }
      directory.append(field).append('=').append(HivePath.escape(value));
    }
    return directory.toString();
  }
}
