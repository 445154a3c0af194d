package io.crescendo.connect.s3.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Rows of another type with columns about the record after their own. */
final class MetadataRowType extends RowType {

  private final RowType inner;
  private final MetadataColumn[] added;

  private MetadataRowType(MessageType columns, RowType inner, List<MetadataColumn> added) {
    super(columns);
    this.inner = inner;
    this.added = added.toArray(MetadataColumn[]::new);
  }

  /**
   * @throws IllegalArgumentException if the rows have a column of such a name
   */
  static MetadataRowType of(RowType inner, List<MetadataColumn> added) {
    List<Type> columns = new ArrayList<>(inner.columns().getFields());
    for (MetadataColumn column : added) {
      // Athena and DuckDB take names that differ in case only for the same.
      for (Type own : inner.columns().getFields()) {
        if (own.getName().equalsIgnoreCase(column.type().getName())) {
          throw new IllegalArgumentException(
              "%s has a field '%s' of its own, so metadata.columns must not hold '%s'"
                  .formatted(inner, own.getName(), column.key()));
        }
      }
      columns.add(column.type());
    }
    return new MetadataRowType(new MessageType(inner.columns().getName(), columns), inner, added);
  }

  @Override
  public void check(Object value) {
    inner.check(value);
  }

  @Override
  String name() {
    return inner.name();
  }

  @Override
  OptionalInt version() {
    return inner.version();
  }

  @Override
  public Object row(SinkRecord record) {
    return MetadataRow.of(inner.row(record), record);
  }

  @Override
  public Object project(Object row, RowType from) {
    MetadataRow whole = (MetadataRow) row;
    return new MetadataRow(
        inner.project(whole.row(), ((MetadataRowType) from).inner),
        whole.partition(),
        whole.offset(),
        whole.timestamp());
  }

  @Override
  void write(Object row, ColumnChunks out) {
    MetadataRow whole = (MetadataRow) row;
    inner.write(whole.row(), out);
    for (MetadataColumn column : added) {
      column.write(whole, out);
    }
  }

  @Override
  int size(Object row) {
    return MetadataRow.BYTES + inner.size(((MetadataRow) row).row());
  }

  @Override
  FieldReader reader(String path) {
    return inner.reader(path);
  }

  @Override
  public String toString() {
    return inner.toString();
  }
}
