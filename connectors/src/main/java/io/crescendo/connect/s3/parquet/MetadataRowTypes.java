package io.crescendo.connect.s3.parquet;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;

/** Row types of others with columns about the record. */
public final class MetadataRowTypes implements RowTypes {

  private final RowTypes inner;
  private final List<MetadataColumn> columns;
  private final Map<RowType, MetadataRowType> types = new IdentityHashMap<>();

  private MetadataRowTypes(RowTypes inner, List<MetadataColumn> columns) {
    this.inner = inner;
    this.columns = List.copyOf(columns);
  }

  /** The types themselves where no column is added. */
  public static RowTypes of(RowTypes inner, List<MetadataColumn> columns) {
    return columns.isEmpty() ? inner : new MetadataRowTypes(inner, columns);
  }

  /**
   * Makes sure that rows of an Avro schema have no field of such a name.
   *
   * @throws IllegalArgumentException if they have
   */
  public static void check(org.apache.avro.Schema schema, List<MetadataColumn> columns) {
    MetadataRowType.of(AvroRowType.of(schema, 1), columns);
  }

  @Override
  public RowType of(Schema schema, Object value) {
    RowType type = inner.of(schema, value);
    MetadataRowType known = types.get(type);
    if (known == null) {
      known = compile(type);
      types.put(type, known);
    }
    return known;
  }

  private MetadataRowType compile(RowType type) {
    try {
      return MetadataRowType.of(type, columns);
    } catch (IllegalArgumentException e) {
      throw new BadRowException("", "must leave room for metadata.columns: " + e.getMessage());
    }
  }
}
