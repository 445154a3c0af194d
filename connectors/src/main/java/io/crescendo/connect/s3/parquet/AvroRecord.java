package io.crescendo.connect.s3.parquet;

import java.util.List;
import org.apache.parquet.io.api.RecordConsumer;

/** An Avro record: a Parquet group, or at the top the message itself. */
final class AvroRecord extends AvroNode {

  private final AvroField[] fields;

  AvroRecord(List<AvroField> fields) {
    this.fields = fields.toArray(AvroField[]::new);
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
  void write(AvroCursor in, RecordConsumer out) {
    out.startGroup();
    writeFields(in, out);
    out.endGroup();
  }

  void writeFields(AvroCursor in, RecordConsumer out) {
    for (AvroField field : fields) {
      field.write(in, out);
    }
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
