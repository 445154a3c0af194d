package io.crescendo.connect.s3.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MICROS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MILLIS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.NANOS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.enumType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timeType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.uuidType;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * Compiles an Avro schema: each of its types becomes a Parquet type and the node that writes it.
 *
 * <p>The Parquet types are those of parquet-avro with three-level lists.
 */
final class AvroSchemas {

  /** Names of the records that are being compiled, outermost first. */
  private final Deque<String> open = new ArrayDeque<>();

  /** A Parquet type and what writes it. */
  record Compiled(Type type, AvroField field) {}

  /** Compiles the fields of a record. */
  List<Compiled> fields(Schema record) {
    if (record.getFields().isEmpty()) {
      throw unsupported(record, "records without fields have no Parquet form");
    }
    if (open.contains(record.getFullName())) {
      throw unsupported(record, "records that contain themselves have no Parquet form");
    }
    open.push(record.getFullName());
    List<Compiled> compiled = new ArrayList<>();
    for (Schema.Field field : record.getFields()) {
      compiled.add(field(field.name(), field.schema()));
    }
    open.pop();
    return compiled;
  }

  private Compiled field(String name, Schema schema) {
    if (!schema.isUnion()) {
      return field(name, schema, Repetition.REQUIRED, AvroField.REQUIRED);
    }
    List<Schema> branches = schema.getTypes();
    int nullBranch = branches.indexOf(Schema.create(Schema.Type.NULL));
    if (branches.size() == 2 && nullBranch >= 0) {
      return field(name, branches.get(1 - nullBranch), Repetition.OPTIONAL, nullBranch);
    }
    return union(name, branches, nullBranch);
  }

  private Compiled union(String name, List<Schema> branches, int nullBranch) {
    if (branches.size() == 1 && nullBranch == 0) {
      throw unsupported(Schema.createUnion(branches), "a column needs a type");
    }
    Types.GroupBuilder<org.apache.parquet.schema.GroupType> group =
        Types.buildGroup(nullBranch < 0 ? Repetition.REQUIRED : Repetition.OPTIONAL);
    List<AvroField> members = new ArrayList<>();
    int member = 0;
    for (Schema branch : branches) {
      if (branch.getType() == Schema.Type.NULL) {
        members.add(null);
        continue;
      }
      Compiled compiled =
          field(AvroUnion.MEMBER + member, branch, Repetition.OPTIONAL, AvroField.REQUIRED);
      member++;
      group.addField(compiled.type());
      members.add(compiled.field());
    }
    AvroNode node = new AvroUnion(members);
    return new Compiled(
        group.named(name),
        new AvroField(name, node, nullBranch < 0 ? AvroField.REQUIRED : nullBranch));
  }

  private Compiled field(String name, Schema schema, Repetition repetition, int nullBranch) {
    return switch (schema.getType()) {
      case BOOLEAN -> leaf(name, schema, repetition, nullBranch, PrimitiveTypeName.BOOLEAN, null);
      case INT -> leaf(name, schema, repetition, nullBranch, PrimitiveTypeName.INT32, null);
      case LONG -> leaf(name, schema, repetition, nullBranch, PrimitiveTypeName.INT64, null);
      case FLOAT -> leaf(name, schema, repetition, nullBranch, PrimitiveTypeName.FLOAT, null);
      case DOUBLE -> leaf(name, schema, repetition, nullBranch, PrimitiveTypeName.DOUBLE, null);
      case BYTES -> leaf(name, schema, repetition, nullBranch, PrimitiveTypeName.BINARY, null);
      case STRING ->
          leaf(name, schema, repetition, nullBranch, PrimitiveTypeName.BINARY, stringType());
      case ENUM -> leaf(name, schema, repetition, nullBranch, PrimitiveTypeName.BINARY, enumType());
      case FIXED ->
          leaf(name, schema, repetition, nullBranch, PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, null);
      case RECORD -> {
        List<Compiled> members = fields(schema);
        Types.GroupBuilder<org.apache.parquet.schema.GroupType> group =
            Types.buildGroup(repetition);
        members.forEach(m -> group.addField(m.type()));
        AvroNode node = new AvroRecord(members.stream().map(Compiled::field).toList());
        yield new Compiled(group.named(name), new AvroField(name, node, nullBranch));
      }
      case ARRAY -> {
        Compiled element = field("element", schema.getElementType());
        yield new Compiled(
            Lists.list(repetition, element.type(), name),
            new AvroField(name, AvroRepeated.array(element.field()), nullBranch));
      }
      case MAP -> {
        Compiled value = field("value", schema.getValueType());
        yield new Compiled(
            Lists.map(repetition, Lists.stringKey(), value.type(), name),
            new AvroField(name, AvroRepeated.map(value.field()), nullBranch));
      }
      case NULL, UNION -> throw unsupported(schema, "a column needs a type");
    };
  }

  private static Compiled leaf(
      String name,
      Schema schema,
      Repetition repetition,
      int nullBranch,
      PrimitiveTypeName primitive,
      LogicalTypeAnnotation plain) {
    LogicalTypeAnnotation logical = logical(schema, plain);
    Types.PrimitiveBuilder<org.apache.parquet.schema.PrimitiveType> builder =
        Types.primitive(primitive, repetition).as(logical);
    if (primitive == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY) {
      builder.length(schema.getFixedSize());
    }
    return new Compiled(builder.named(name), new AvroField(name, node(schema), nullBranch));
  }

  private static AvroNode node(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return new AvroDecimal(decimal, schema);
    }
    return switch (schema.getType()) {
      case BOOLEAN -> AvroPrimitives.BOOLEAN;
      case INT -> AvroTimes.of(schema, AvroPrimitives.INT);
      case LONG -> AvroTimes.of(schema, AvroPrimitives.LONG);
      case FLOAT -> AvroPrimitives.FLOAT;
      case DOUBLE -> AvroPrimitives.DOUBLE;
      case BYTES -> AvroPrimitives.BYTES;
      case STRING -> AvroPrimitives.STRING;
      case ENUM -> AvroPrimitives.enumeration(schema.getEnumSymbols());
      case FIXED -> AvroPrimitives.fixed(schema.getFixedSize());
      default -> throw unsupported(schema, "it is not one value");
    };
  }

  private static LogicalTypeAnnotation logical(Schema schema, LogicalTypeAnnotation plain) {
    if (schema.getLogicalType() == null) {
      return plain;
    }
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      if (decimal.getPrecision() > StructSchemas.MOST_DIGITS) {
        throw unsupported(
            schema,
            "decimals of more than %s digits have no form that readers take; state fewer, or a string"
                .formatted(StructSchemas.MOST_DIGITS));
      }
      return decimalType(decimal.getScale(), decimal.getPrecision());
    }
    return switch (schema.getLogicalType().getName()) {
      case "date" -> dateType();
      case "time-millis" -> timeType(true, MILLIS);
      case "time-micros" -> timeType(true, MICROS);
      case "timestamp-millis" -> timestampType(true, MILLIS);
      case "timestamp-micros" -> timestampType(true, MICROS);
      case "timestamp-nanos" -> timestampType(true, NANOS);
      case "local-timestamp-millis" -> timestampType(false, MILLIS);
      case "local-timestamp-micros" -> timestampType(false, MICROS);
      case "local-timestamp-nanos" -> timestampType(false, NANOS);
      case "uuid" -> schema.getType() == Schema.Type.FIXED ? uuidType() : plain;
      default -> plain;
    };
  }

  private static IllegalArgumentException unsupported(Schema schema, String rule) {
    return new IllegalArgumentException("%s: %s".formatted(schema, rule));
  }
}
