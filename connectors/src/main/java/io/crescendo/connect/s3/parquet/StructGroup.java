package io.crescendo.connect.s3.parquet;

import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** A Connect Struct: a Parquet group, or at the top the message itself. */
final class StructGroup implements StructNode {

  private static final int OBJECT = 40;
  private static final int REFERENCE = 4;

  private final Schema schema;
  private final Field[] fields;
  private final StructField[] members;
  private final int columns;

  StructGroup(Schema schema, List<StructField> members) {
    this.schema = schema;
    this.fields = schema.fields().toArray(Field[]::new);
    this.members = members.toArray(StructField[]::new);
    this.columns = members.stream().mapToInt(f -> f.node().columns()).sum();
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
      members[i].check(struct.get(fields[i]));
    }
  }

  @Override
  public int size(Object value) {
    Struct struct = (Struct) value;
    int size = OBJECT;
    for (int i = 0; i < fields.length; i++) {
      size += REFERENCE + members[i].size(struct.get(fields[i]));
    }
    return size;
  }

  @Override
  public void write(Object value, ColumnChunks out) {
    Struct struct = (Struct) value;
    for (int i = 0; i < fields.length; i++) {
      members[i].write(struct.get(fields[i]), out);
    }
  }

  @Override
  public int columns() {
    return columns;
  }
}
