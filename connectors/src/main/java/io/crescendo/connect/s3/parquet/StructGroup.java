package io.crescendo.connect.s3.parquet;

import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.parquet.io.api.RecordConsumer;

/** A Connect Struct: a Parquet group, or at the top the message itself. */
final class StructGroup implements StructNode {

  private static final int OBJECT = 40;
  private static final int REFERENCE = 4;

  private final Schema schema;
  private final Field[] fields;
  private final StructField[] columns;

  StructGroup(Schema schema, List<StructField> columns) {
    this.schema = schema;
    this.fields = schema.fields().toArray(Field[]::new);
    this.columns = columns.toArray(StructField[]::new);
  }

  @Override
  public void check(Object value) {
    if (!(value instanceof Struct struct)) {
      throw new BadRowException(
          "", "must be a struct, got %s".formatted(value.getClass().getSimpleName()));
    }
    if (struct.schema() != schema && !struct.schema().equals(schema)) {
      throw new BadRowException("", "must be a struct of the schema that its field states");
    }
    for (int i = 0; i < fields.length; i++) {
      columns[i].check(struct.get(fields[i]));
    }
  }

  @Override
  public int size(Object value) {
    Struct struct = (Struct) value;
    int size = OBJECT;
    for (int i = 0; i < fields.length; i++) {
      size += REFERENCE + columns[i].size(struct.get(fields[i]));
    }
    return size;
  }

  @Override
  public void write(Object value, RecordConsumer out) {
    out.startGroup();
    writeFields(value, out);
    out.endGroup();
  }

  void writeFields(Object value, RecordConsumer out) {
    Struct struct = (Struct) value;
    for (int i = 0; i < fields.length; i++) {
      columns[i].write(struct.get(fields[i]), out);
    }
  }
}
