package io.crescendo.connect.s3.parquet;

import io.crescendo.connect.registry.RegistryAvroConverter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Row types of byte values in Avro's <a
 * href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">single-object
 * encoding</a>, by the schema that came with them, or by the fingerprint of the schema that wrote
 * them.
 */
public final class AvroRowTypes implements RowTypes {

  static final byte[] MARKER = {(byte) 0xC3, 0x01};

  private final Map<Long, AvroRowType> types = new HashMap<>();
  private final Map<Schema, AvroRowType> listed = new HashMap<>();
  private long lastFingerprint;
  private AvroRowType last;
  private final Map<String, AvroRowType> registered = new HashMap<>();
  private org.apache.kafka.connect.data.Schema lastSchema;
  private AvroRowType lastRegistered;

  /**
   * @param schemas of those of the same name, the oldest first
   * @throws IllegalArgumentException if a schema is no record, or has no Parquet form
   */
  public AvroRowTypes(Collection<Schema> schemas) {
    // Registries count from 1, and what they hold came after what had to be listed.
    int version = -schemas.size();
    for (Schema schema : schemas) {
      AvroRowType type = AvroRowType.of(schema, version++);
      types.put(SchemaNormalization.parsingFingerprint64(schema), type);
      listed.put(schema, type);
    }
  }

  @Override
  public RowType of(org.apache.kafka.connect.data.Schema schema, Object value) {
    byte[] bytes = (byte[]) value;
    if (bytes.length < AvroRowType.HEADER || bytes[0] != MARKER[0] || bytes[1] != MARKER[1]) {
      throw new BadRowException(
          "", "must be Avro in single-object encoding, which starts with C3 01" + start(bytes));
    }
    if (schema != null && schema.parameters() != null) {
      String text = schema.parameters().get(RegistryAvroConverter.AVRO_SCHEMA);
      if (text != null) {
        return registered(schema, text);
      }
    }
    long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(MARKER.length);
    if (last == null || fingerprint != lastFingerprint) {
      AvroRowType type = types.get(fingerprint);
      if (type == null) {
        throw new BadRowException(
            "",
            String.format(
                Locale.ROOT,
                "must be of a schema in avro.schemas, which are %s; its fingerprint is %016x",
                types.values(),
                fingerprint));
      }
      last = type;
      lastFingerprint = fingerprint;
    }
    return last;
  }

  /** By the schema itself: a fingerprint does not tell schemas apart by their logical types. */
  private AvroRowType registered(org.apache.kafka.connect.data.Schema schema, String text) {
    if (schema != lastSchema) {
      try {
        lastRegistered =
            registered.computeIfAbsent(text, t -> registered(parsed(t), schema.version()));
      } catch (AvroRuntimeException | IllegalArgumentException e) {
        throw new BadRowException("", "must be of a schema that has columns: " + e.getMessage());
      }
      lastSchema = schema;
    }
    return lastRegistered;
  }

  /** Whoever registered a schema may have been careless with its defaults; rows hold values. */
  private static Schema parsed(String text) {
    return new Schema.Parser().setValidateDefaults(false).parse(text);
  }

  /** One that is listed as well has its place there. */
  private AvroRowType registered(Schema schema, Integer id) {
    AvroRowType known = listed.get(schema);
    return known == null ? AvroRowType.of(schema, id == null ? 0 : id) : known;
  }

  private static String start(byte[] bytes) {
    return bytes.length < 2
        ? ", got %s bytes".formatted(bytes.length)
        : String.format(Locale.ROOT, ", got %02X %02X", bytes[0], bytes[1]);
  }
}
