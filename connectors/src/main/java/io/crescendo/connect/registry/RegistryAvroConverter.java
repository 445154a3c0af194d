package io.crescendo.connect.registry;

import io.crescendo.connect.s3.S3ParquetSinkConnector;
import io.crescendo.registry.ConfluentFraming;
import io.crescendo.registry.RegistryException;
import io.crescendo.registry.SchemaRegistry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;

/**
 * Hands records in Confluent's wire format to the sink as Avro in single-object encoding, together
 * with the schema that wrote them: Connect's schema is optional bytes, and its parameter {@value
 * #AVRO_SCHEMA} the Avro schema as JSON; its version is the registry's id, which grows as schemas
 * are registered, and so says which of two is newer. The sink makes columns of that without any
 * Struct, which is what costs other converters most.
 *
 * <p>A record that is in single-object encoding already passes as it is, so that what a topic held
 * before a registry was introduced stays readable through {@code avro.schemas}. Transformations
 * that look into values do not work behind this converter; for those take one that makes Structs,
 * such as Confluent's or Apicurio's.
 *
 * <p>Used by one task's thread.
 */
public final class RegistryAvroConverter implements Converter, Versioned {

  /** Parameter of the Connect schema that holds the Avro schema. */
  public static final String AVRO_SCHEMA = "avro.schema";

  private static final byte[] SINGLE_OBJECT = {(byte) 0xC3, 0x01};
  private static final int HEADER = SINGLE_OBJECT.length + Long.BYTES;

  private final Map<Integer, Written> known = new HashMap<>();
  private SchemaRegistry registry;
  private boolean key;

  /** What all records of one schema id have in common. */
  private record Written(Schema schema, long fingerprint) {}

  @Override
  public String version() {
    return new S3ParquetSinkConnector().version();
  }

  @Override
  public ConfigDef config() {
    return RegistryKeys.definition();
  }

  @Override
  public void configure(Map<String, ?> properties, boolean isKey) {
    registry = new SchemaRegistry(RegistryKeys.settings(properties));
    key = isKey;
  }

  /**
   * @throws DataException if the bytes are in neither format, or the registry does not know the
   *     schema
   * @throws RegistryError if the registry does not answer, or refuses
   */
  @Override
  public SchemaAndValue toConnectData(String topic, byte[] bytes) {
    if (bytes == null) {
      return new SchemaAndValue(Schema.OPTIONAL_BYTES_SCHEMA, null);
    }
    if (bytes.length >= HEADER && bytes[0] == SINGLE_OBJECT[0] && bytes[1] == SINGLE_OBJECT[1]) {
      return new SchemaAndValue(Schema.OPTIONAL_BYTES_SCHEMA, bytes);
    }
    if (!ConfluentFraming.marks(bytes)) {
      throw new DataException(
          "%s of a record in %s must be in Confluent's wire format, which starts with 00 and a schema id; got %s bytes%s"
              .formatted(
                  key ? "Key" : "Value",
                  topic,
                  bytes.length,
                  bytes.length == 0
                      ? ""
                      : String.format(Locale.ROOT, " starting with %02X", bytes[0])));
    }
    Written written = written(topic, ConfluentFraming.id(bytes));
    byte[] value =
        ByteBuffer.allocate(HEADER + bytes.length - ConfluentFraming.HEADER)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(SINGLE_OBJECT)
            .putLong(written.fingerprint())
            .put(bytes, ConfluentFraming.HEADER, bytes.length - ConfluentFraming.HEADER)
            .array();
    return new SchemaAndValue(written.schema(), value);
  }

  /**
   * @throws DataException always: a sink reads only
   */
  @Override
  public byte[] fromConnectData(String topic, Schema schema, Object value) {
    throw new DataException(
        "RegistryAvroConverter is for sinks; a record for %s was not written".formatted(topic));
  }

  private Written written(String topic, int id) {
    Written written = known.get(id);
    if (written == null) {
      written = ask(topic, id);
      known.put(id, written);
    }
    return written;
  }

  private Written ask(String topic, int id) {
    try {
      org.apache.avro.Schema avro = registry.schema(id);
      return new Written(
          SchemaBuilder.bytes()
              .optional()
              .name(avro.getFullName())
              .version(id)
              .parameter(AVRO_SCHEMA, avro.toString())
              .build(),
          SchemaNormalization.parsingFingerprint64(avro));
    } catch (RegistryException e) {
      String message = "A record in %s cannot be read: %s".formatted(topic, e.getMessage());
      if (e.ofSchema()) {
        throw new DataException(message, e);
      }
      throw new RegistryError(message + "; the task stops, and nothing is lost", e);
    }
  }
}
