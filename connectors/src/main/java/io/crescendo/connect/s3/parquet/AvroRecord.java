package io.crescendo.connect.s3.parquet;

import java.util.List;

/** An Avro record: a Parquet group, or at the top the message itself. */
final class AvroRecord extends AvroNode {

  private final AvroField[] fields;
  private final int columns;

  AvroRecord(List<AvroField> fields) {
    this.fields = fields.toArray(AvroField[]::new);
    this.columns = fields.stream().mapToInt(f -> f.node().columns()).sum();
  }

  @Override
  void skip(AvroCursor in) {
    int i = 0;
    try {
      for (; i < fields.length; i++) {
        fields[i].skip(in);
      }
    } catch (BadRowException e) {
      throw e.in(fields[i].name());
    }
  }

  @Override
  void write(AvroCursor in, ColumnChunks out) {
    for (AvroField field : fields) {
      field.write(in, out);
    }
  }

  @Override
  int columns() {
    return columns;
  }

  /** Reads the field at the end of a path. */
  Object read(AvroCursor in, String[] path, int depth) {
    for (AvroField field : fields) {
      if (field.name().equals(path[depth])) {
        if (depth == path.length - 1) {
          return field.read(in);
        }
        return !field.skipNull(in) && field.node() instanceof AvroRecord nested
            ? nested.read(in, path, depth + 1)
            : null;
      }
      field.skip(in);
    }
    return null;
  }

  /** Whether a path leads to a field through records, each of which may be null. */
  boolean has(String[] path, int depth) {
    for (AvroField field : fields) {
      if (field.name().equals(path[depth])) {
        return depth == path.length - 1
            || (field.node() instanceof AvroRecord nested && nested.has(path, depth + 1));
      }
    }
    return false;
  }
}
