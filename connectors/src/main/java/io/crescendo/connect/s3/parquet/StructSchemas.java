package io.crescendo.connect.s3.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Compiles a Connect schema: each of its types becomes a Parquet type and what writes it. */
final class StructSchemas {

  /** Parameter in which Avro and Protobuf converters state the digits of a decimal. */
  private static final String PRECISION = "connect.decimal.precision";

  /** Most digits that Athena, Trino and DuckDB read; they take 16 bytes. */
  static final int MOST_DIGITS = 38;

  private static final int DECIMAL_BYTES = 16;

  /** Fields that are being compiled, outermost first; by identity, as equal ones may be nested. */
  private final Set<Field> open = Collections.newSetFromMap(new IdentityHashMap<>());

  /** A Parquet type and what writes it. */
  record Compiled(Type type, StructField field) {}

  List<Compiled> fields(Schema struct) {
    if (struct.fields().isEmpty()) {
      throw new IllegalArgumentException("structs without fields have no Parquet form");
    }
    List<Compiled> compiled = new ArrayList<>();
    for (Field field : struct.fields()) {
      if (!open.add(field)) {
        throw new IllegalArgumentException("structs that contain themselves have no Parquet form");
      }
      compiled.add(field(field.name(), field.schema(), field.schema().isOptional()));
      open.remove(field);
    }
    return compiled;
  }

  static StructGroup group(Schema struct, List<Compiled> fields) {
    return new StructGroup(struct, fields.stream().map(Compiled::field).toList());
  }

  private Compiled field(String name, Schema schema, boolean optional) {
    Repetition repetition = optional ? Repetition.OPTIONAL : Repetition.REQUIRED;
    return switch (schema.type()) {
      case STRUCT -> {
        List<Compiled> members = fields(schema);
        Types.GroupBuilder<GroupType> group = Types.buildGroup(repetition);
        members.forEach(m -> group.addField(m.type()));
        yield compiled(group.named(name), optional, group(schema, members));
      }
      case ARRAY -> {
        Schema items = schema.valueSchema();
        Compiled element = field("element", items, items.isOptional());
        yield compiled(
            Lists.list(repetition, element.type(), name),
            optional,
            new StructList(element.field()));
      }
      case MAP -> {
        Compiled key = field("key", schema.keySchema(), false);
        Schema values = schema.valueSchema();
        Compiled value = field("value", values, values.isOptional());
        yield compiled(
            Lists.map(repetition, key.type(), value.type(), name),
            optional,
            new StructMap(key.field(), value.field()));
      }
      default -> {
        checkLogical(schema);
        StructLeaf leaf = logical(schema);
        yield compiled(
            primitive(schema, repetition).named(name),
            optional,
            leaf != null ? leaf : StructLeaf.of(schema.type()));
      }
    };
  }

  private static Compiled compiled(Type type, boolean optional, StructNode node) {
    return new Compiled(type, new StructField(type.getName(), optional, node));
  }

  /** Logical types are known by their name, which a schema of any type may have. */
  private static void checkLogical(Schema schema) {
    Schema.Type own =
        switch (name(schema)) {
          case Date.LOGICAL_NAME, Time.LOGICAL_NAME -> Schema.Type.INT32;
          case Timestamp.LOGICAL_NAME -> Schema.Type.INT64;
          case Decimal.LOGICAL_NAME -> Schema.Type.BYTES;
          default -> schema.type();
        };
    if (schema.type() != own) {
      throw new IllegalArgumentException(
          "%s must be of type %s, got %s".formatted(schema.name(), own, schema.type()));
    }
  }

  private static StructLeaf logical(Schema schema) {
    return switch (name(schema)) {
      case Date.LOGICAL_NAME -> StructLeaf.date();
      case Time.LOGICAL_NAME -> StructLeaf.timeOfDay();
      case Timestamp.LOGICAL_NAME -> StructLeaf.timestamp();
      case Decimal.LOGICAL_NAME ->
          StructLeaf.decimal(precision(schema), scale(schema), DECIMAL_BYTES);
      default -> null;
    };
  }

  private static Types.PrimitiveBuilder<PrimitiveType> primitive(
      Schema schema, Repetition repetition) {
    if (name(schema).equals(Decimal.LOGICAL_NAME)) {
      return Types.primitive(FIXED_LEN_BYTE_ARRAY, repetition)
          .length(DECIMAL_BYTES)
          .as(decimalType(scale(schema), precision(schema)));
    }
    return switch (schema.type()) {
      case INT8 -> Types.primitive(INT32, repetition).as(intType(8, true));
      case INT16 -> Types.primitive(INT32, repetition).as(intType(16, true));
      case INT32 -> Types.primitive(INT32, repetition).as(time(schema));
      case INT64 -> Types.primitive(INT64, repetition).as(time(schema));
      case FLOAT32 -> Types.primitive(FLOAT, repetition);
      case FLOAT64 -> Types.primitive(DOUBLE, repetition);
      case BOOLEAN -> Types.primitive(BOOLEAN, repetition);
      case STRING -> Types.primitive(BINARY, repetition).as(stringType());
      case BYTES -> Types.primitive(BINARY, repetition);
      case ARRAY, MAP, STRUCT -> throw new IllegalArgumentException(schema + " is not one value");
    };
  }

  private static LogicalTypeAnnotation time(Schema schema) {
    return switch (name(schema)) {
      case Date.LOGICAL_NAME -> dateType();
      case Time.LOGICAL_NAME -> LogicalTypeAnnotation.timeType(true, TimeUnit.MILLIS);
      case Timestamp.LOGICAL_NAME -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS);
      default -> null;
    };
  }

  private static String name(Schema schema) {
    return schema.name() == null ? "" : schema.name();
  }

  private static int precision(Schema schema) {
    String stated = parameters(schema).get(PRECISION);
    return stated == null ? MOST_DIGITS : Math.min(MOST_DIGITS, Integer.parseInt(stated));
  }

  private static int scale(Schema schema) {
    String scale = parameters(schema).get(Decimal.SCALE_FIELD);
    if (scale == null) {
      throw new IllegalArgumentException("a decimal must state its scale");
    }
    return Integer.parseInt(scale);
  }

  private static Map<String, String> parameters(Schema schema) {
    return schema.parameters() == null ? Map.of() : schema.parameters();
  }
}
