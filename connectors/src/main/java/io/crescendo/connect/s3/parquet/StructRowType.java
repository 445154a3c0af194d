package io.crescendo.connect.s3.parquet;

import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaProjector;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.SchemaProjectorException;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Rows from Connect Structs. */
final class StructRowType extends RowType {

  private static final Pattern DOT = Pattern.compile("\\.");

  private final Schema schema;
  private final StructGroup body;

  private StructRowType(Schema schema, MessageType columns, StructGroup body) {
    super(columns);
    this.schema = schema;
    this.body = body;
  }

  /**
   * @throws IllegalArgumentException if the schema has no Parquet form
   */
  static StructRowType of(Schema schema) {
    List<StructSchemas.Compiled> fields = new StructSchemas().fields(schema);
    List<Type> types = fields.stream().map(StructSchemas.Compiled::type).toList();
    String name = schema.name() == null ? "row" : schema.name();
    return new StructRowType(
        schema, new MessageType(name, types), StructSchemas.group(schema, fields));
  }

  @Override
  public void check(Object value) {
    body.check(value);
  }

  @Override
  String name() {
    return columns().getName();
  }

  @Override
  OptionalInt version() {
    return schema.version() == null ? OptionalInt.empty() : OptionalInt.of(schema.version());
  }

  @Override
  public Object project(Object row, RowType from) {
    Object projected;
    try {
      projected = SchemaProjector.project(((StructRowType) from).schema, row, schema);
    } catch (SchemaProjectorException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new BadRowException(
          "",
          "must fit %s of version %s (schema.compatibility): %s"
              .formatted(this, schema.version(), reason.getMessage()));
    }
    check(projected);
    return projected;
  }

  @Override
  void write(Object value, ColumnChunks out) {
    body.write(value, out);
  }

  @Override
  int size(Object value) {
    return body.size(value);
  }

  @Override
  FieldReader reader(String path) {
    // Connect's names may hold dots of their own, as a flattening transformation makes them.
    String[] names = schema.field(path) != null ? new String[] {path} : DOT.split(path, -1);
    Schema at = schema;
    for (String name : names) {
      Field field = at.type() == Schema.Type.STRUCT ? at.field(name) : null;
      if (field == null) {
        throw new BadRowException(
            path, "must be a field of %s, which has no such field".formatted(this));
      }
      at = field.schema();
    }
    boolean day = Date.LOGICAL_NAME.equals(at.name());
    return value -> {
      Object here = value;
      for (int i = 0; i < names.length && here != null; i++) {
        here = ((Struct) here).get(names[i]);
      }
      return day && here instanceof java.util.Date date
          ? LocalDate.ofEpochDay(StructLeaf.day(date))
          : here;
    };
  }

  @Override
  public String toString() {
    return columns().getName();
  }
}
