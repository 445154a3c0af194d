package io.crescendo.connect.s3.parquet;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Row types of Connect Structs, by their schema. */
public final class StructRowTypes implements RowTypes {

  private final Map<Schema, StructRowType> types = new HashMap<>();
  private Schema lastSchema;
  private StructRowType last;

  @Override
  public RowType of(Schema schema, Object value) {
    if (schema == null || !(value instanceof Struct)) {
      throw new BadRowException(
          "",
          "must be a struct with a schema, or bytes; got %s %s a schema, which has no columns"
              .formatted(value.getClass().getSimpleName(), schema == null ? "without" : "with"));
    }
    if (schema != lastSchema) {
      StructRowType type = types.get(schema);
      if (type == null) {
        type = compile(schema);
        types.put(schema, type);
      }
      last = type;
      lastSchema = schema;
    }
    return last;
  }

  private static StructRowType compile(Schema schema) {
    try {
      return StructRowType.of(schema);
    } catch (IllegalArgumentException e) {
      throw new BadRowException("", "must have a schema with a Parquet form: " + e.getMessage());
    }
  }
}
