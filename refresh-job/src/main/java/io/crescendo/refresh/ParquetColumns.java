package io.crescendo.refresh;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UnknownLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * Columns of a Parquet schema in Trino's type names, mapped as Athena's Hive tables map them. The
 * format: <a href="https://github.com/apache/parquet-format/blob/master/LogicalTypes.md">Parquet
 * logical types</a>.
 */
final class ParquetColumns {

  private ParquetColumns() {}

  static List<Column> of(MessageType schema) {
    return schema.getFields().stream().map(f -> new Column(f.getName(), type(f))).toList();
  }

  private static String type(Type field) {
    String single =
        field.isPrimitive() ? primitive(field.asPrimitiveType()) : group(field.asGroupType());
    // a repeated field without a list around it is a list, as the format's rules for old writers
    // say
    return field.isRepetition(Type.Repetition.REPEATED) ? "array(" + single + ")" : single;
  }

  private static String group(GroupType group) {
    LogicalTypeAnnotation logical = group.getLogicalTypeAnnotation();
    if (logical instanceof ListLogicalTypeAnnotation) {
      return "array(" + element(group.getType(0)) + ")";
    }
    if (logical instanceof MapLogicalTypeAnnotation) {
      GroupType entry = group.getType(0).asGroupType();
      return "map(" + type(entry.getType(0)) + ", " + type(entry.getType(1)) + ")";
    }
    return group.getFields().stream()
        .map(f -> f.getName() + " " + type(f))
        .collect(Collectors.joining(", ", "row(", ")"));
  }

  private static String element(Type repeated) {
    if (repeated.isPrimitive()) {
      return primitive(repeated.asPrimitiveType());
    }
    GroupType middle = repeated.asGroupType();
    boolean threeLevels =
        middle.getFieldCount() == 1
            && !middle.getName().equals("array")
            && !middle.getName().endsWith("_tuple");
    return threeLevels ? type(middle.getType(0)) : group(middle);
  }

  private static String primitive(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (logical instanceof StringLogicalTypeAnnotation
        || logical instanceof EnumLogicalTypeAnnotation
        || logical instanceof JsonLogicalTypeAnnotation) {
      return "varchar";
    }
    if (logical instanceof DateLogicalTypeAnnotation) {
      return "date";
    }
    if (logical instanceof UnknownLogicalTypeAnnotation) {
      return WiderType.UNKNOWN;
    }
    if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
      return switch (timestamp.getUnit()) {
        case MILLIS -> "timestamp(3)";
        case MICROS -> "timestamp(6)";
        case NANOS -> "timestamp(9)";
      };
    }
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return "decimal(%s,%s)".formatted(decimal.getPrecision(), decimal.getScale());
    }
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> "boolean";
      case INT32 -> "integer";
      case INT64 -> "bigint";
      // its nanoseconds are lost on any way through DuckDB, compaction's too
      case INT96 -> "timestamp(6)";
      case FLOAT -> "real";
      case DOUBLE -> "double";
      case BINARY, FIXED_LEN_BYTE_ARRAY -> "varbinary";
    };
  }
}
