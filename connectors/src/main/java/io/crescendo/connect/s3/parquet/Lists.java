package io.crescendo.connect.s3.parquet;

import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Parquet's nested types, in the three-level form that Athena, Trino and DuckDB all read. */
final class Lists {

  private Lists() {}

  static GroupType list(Repetition repetition, Type element, String name) {
    return Types.buildGroup(repetition)
        .as(LogicalTypeAnnotation.listType())
        .addField(Types.repeatedGroup().addField(element).named("list"))
        .named(name);
  }

  static GroupType map(Repetition repetition, Type key, Type value, String name) {
    return Types.buildGroup(repetition)
        .as(LogicalTypeAnnotation.mapType())
        .addField(Types.repeatedGroup().addField(key).addField(value).named("key_value"))
        .named(name);
  }

  static Type stringKey() {
    return Types.required(PrimitiveTypeName.BINARY)
        .as(LogicalTypeAnnotation.stringType())
        .named("key");
  }
}
