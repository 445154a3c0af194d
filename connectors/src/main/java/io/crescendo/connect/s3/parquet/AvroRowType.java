package io.crescendo.connect.s3.parquet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Rows from Avro's single-object encoding: two bytes of marker, eight of fingerprint, then the
 * body.
 */
final class AvroRowType extends RowType {

  static final int HEADER = 10;

  private static final Pattern DOT = Pattern.compile("\\.");

  private final Schema schema;
  private final int version;
  private final AvroRecord body;

  /** How rows of other types become rows of this one; few, and made when first needed. */
  private final Map<AvroRowType, AvroProjection> projections = new HashMap<>();

  private AvroRowType(Schema schema, int version, MessageType columns, AvroRecord body) {
    super(columns);
    this.schema = schema;
    this.version = version;
    this.body = body;
  }

  /**
   * @param version its place among the schemas of its name
   * @throws IllegalArgumentException if the schema has no Parquet form
   */
  static AvroRowType of(Schema schema, int version) {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException(
          "A row must be a record, got the schema " + schema.getType());
    }
    List<AvroSchemas.Compiled> fields = new AvroSchemas().fields(schema);
    List<Type> types = fields.stream().map(AvroSchemas.Compiled::type).toList();
    return new AvroRowType(
        schema,
        version,
        new MessageType(schema.getFullName(), types),
        new AvroRecord(fields.stream().map(AvroSchemas.Compiled::field).toList()));
  }

  @Override
  public void check(Object value) {
    AvroCursor in = new AvroCursor((byte[]) value, HEADER);
    body.skip(in);
    if (in.remaining() > 0) {
      throw new BadRowException(
          "", "must end with its last field; %s bytes follow".formatted(in.remaining()));
    }
  }

  @Override
  String name() {
    return schema.getFullName();
  }

  @Override
  OptionalInt version() {
    return OptionalInt.of(version);
  }

  @Override
  public Object project(Object row, RowType from) {
    byte[] projected =
        projections
            .computeIfAbsent((AvroRowType) from, f -> new AvroProjection(f.schema, schema))
            .project((byte[]) row);
    // Resolution makes a string of bytes that are none, and a decimal of whatever fixed there was.
    check(projected);
    return projected;
  }

  @Override
  void write(Object value, ColumnChunks out) {
    body.write(new AvroCursor((byte[]) value, HEADER), out);
  }

  @Override
  int size(Object value) {
    return ((byte[]) value).length;
  }

  @Override
  FieldReader reader(String path) {
    String[] names = DOT.split(path, -1);
    if (!body.has(names, 0)) {
      throw new BadRowException(path, "must be a field of " + name() + ", which has no such field");
    }
    return value -> {
      try {
        return body.read(new AvroCursor((byte[]) value, HEADER), names, 0);
      } catch (BadRowException e) {
        throw e.in(path);
      }
    };
  }

  @Override
  public String toString() {
    return name();
  }
}
