package io.crescendo.benchmarks.sink;

import io.crescendo.schemas.Artist;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;

/**
 * Artists in Avro's single-object encoding as Connect Structs, which is what sinks that know no
 * bytes are given. It does the least that any Avro converter must: decode, then fill a Struct.
 */
public final class SingleObjectAvroConverter implements Converter {

  private static final int HEADER = 10;

  private final org.apache.avro.Schema avro = Artist.getClassSchema();
  private final Schema schema = schema(avro);
  private final GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(avro);
  private BinaryDecoder decoder;

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    // there is nothing to choose
  }

  /**
   * @throws DataException always: a sink's converter only reads
   */
  @Override
  public byte[] fromConnectData(String topic, Schema valueSchema, Object value) {
    throw new DataException("This converter only reads");
  }

  @Override
  public SchemaAndValue toConnectData(String topic, byte[] value) {
    return new SchemaAndValue(schema, struct(decode(value)));
  }

  /** The record in those bytes. */
  GenericRecord decode(byte[] value) {
    try {
      decoder = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, decoder);
      return reader.read(null, decoder);
    } catch (IOException e) {
      throw new DataException("Not an artist", e);
    }
  }

  /** That record as a Struct. */
  Struct struct(GenericRecord row) {
    Struct struct = new Struct(schema);
    List<org.apache.avro.Schema.Field> fields = avro.getFields();
    for (int i = 0; i < fields.size(); i++) {
      struct.put(schema.fields().get(i), value(row.get(i), schema.fields().get(i).schema()));
    }
    return struct;
  }

  private static Object value(Object value, Schema type) {
    if (value instanceof CharSequence text) {
      return text.toString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Object::toString).toList();
    }
    return Timestamp.LOGICAL_NAME.equals(type.name()) ? new java.util.Date((Long) value) : value;
  }

  private static Schema schema(org.apache.avro.Schema avro) {
    SchemaBuilder builder = SchemaBuilder.struct().name(avro.getFullName());
    for (org.apache.avro.Schema.Field field : avro.getFields()) {
      org.apache.avro.Schema type = field.schema();
      boolean optional = type.isUnion();
      SchemaBuilder column = column(optional ? type.getTypes().get(1) : type);
      builder.field(field.name(), optional ? column.optional().build() : column.build());
    }
    return builder.build();
  }

  private static SchemaBuilder column(org.apache.avro.Schema type) {
    return switch (type.getType()) {
      case STRING -> SchemaBuilder.string();
      case INT -> SchemaBuilder.int32();
      case LONG -> type.getLogicalType() == null ? SchemaBuilder.int64() : Timestamp.builder();
      case BOOLEAN -> SchemaBuilder.bool();
      case ARRAY -> SchemaBuilder.array(Schema.STRING_SCHEMA);
      default -> throw new DataException("No artist has a " + type);
    };
  }
}
