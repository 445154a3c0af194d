package io.crescendo.schemas;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * Knows the generated class of one schema without looking it up by name: Avro refuses to load a
 * class that a schema names unless a setting for the whole JVM trusts it, and a serde must not
 * change such settings.
 */
final class OneType extends SpecificData {

  private final Class<?> type;
  private final Schema schema;

  private OneType(Class<?> type, Schema schema) {
    super(type.getClassLoader());
    this.type = type;
    this.schema = schema;
  }

  /** The model of a generated type, with its logical types. */
  static OneType of(Class<?> type) {
    SpecificData generated = SpecificData.getForClass(type);
    OneType model = new OneType(type, generated.getSchema(type));
    generated.getConversions().forEach(model::addLogicalTypeConversion);
    return model;
  }

  Schema schema() {
    return schema;
  }

  @Override
  public Class<?> getClass(Schema asked) {
    boolean ours =
        asked.getType() == Schema.Type.RECORD && asked.getFullName().equals(schema.getFullName());
    return ours ? type : super.getClass(asked);
  }
}
