package io.crescendo.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Carries a generated Avro type in <a
 * href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">single-object
 * encoding</a>: {@code C3 01}, the CRC-64-AVRO fingerprint of the writer's schema (8 bytes,
 * little-endian), the binary body. No registry is needed, and a reader knows which schema wrote
 * each record: it reads those of every {@link SchemaVersions version} that was shipped.
 *
 * <p>Thread-safe. A null record is a null value on the wire, which is a tombstone.
 *
 * @param <T> generated record type
 */
public final class AvroSerde<T extends SpecificRecordBase> implements Serde<T> {

  static {
    AvroLimits.set();
  }

  private final String type;
  private final BinaryMessageEncoder<T> encoder;
  private final BinaryMessageDecoder<T> decoder;

  /**
   * @param earlier schemas that have written records, too
   */
  AvroSerde(Class<T> type, List<Schema> earlier) {
    OneType model = OneType.of(type);
    Schema schema = model.schema();
    this.type = schema.getName();
    // The bytes are copied below, once is enough.
    this.encoder = new BinaryMessageEncoder<>(model, schema, false);
    this.decoder = new BinaryMessageDecoder<>(model, schema);
    earlier.forEach(decoder::addSchema);
  }

  /** A serde for a generated type, such as {@code AvroSerde.of(Artist.class)}. */
  public static <T extends SpecificRecordBase> AvroSerde<T> of(Class<T> type) {
    return new AvroSerde<>(type, SchemaVersions.earlier(OneType.of(type).schema()));
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> {
      if (value == null) {
        return null;
      }
      try {
        ByteBuffer encoded = encoder.encode(value);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
      } catch (IOException | AvroRuntimeException e) {
        throw new SerializationException(
            "A record for %s is not a valid '%s': %s".formatted(topic, type, e.getMessage()), e);
      }
    };
  }

  /**
   * Throws {@link SerializationException} for bytes that are not this type in single-object
   * encoding.
   */
  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> {
      if (bytes == null) {
        return null;
      }
      try {
        return decoder.decode(bytes);
      } catch (IOException | AvroRuntimeException e) {
        throw new SerializationException(
            "A record in %s is not a '%s' in Avro single-object encoding: %s"
                .formatted(topic, type, e.getMessage()),
            e);
      }
    };
  }
}
