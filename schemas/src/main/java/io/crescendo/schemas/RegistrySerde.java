package io.crescendo.schemas;

import io.crescendo.registry.ConfluentFraming;
import io.crescendo.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.message.RawMessageDecoder;
import org.apache.avro.message.RawMessageEncoder;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A generated Avro type in Confluent's wire format. Reads single-object encoding, too.
 *
 * @param <T> generated record type
 */
final class RegistrySerde<T extends SpecificRecordBase> implements Serde<T> {

  private final SchemaRegistry registry;
  private final Integer id;
  private final OneType model;
  private final Deserializer<T> singleObject;
  private final RawMessageEncoder<T> encoder;
  private final Map<Integer, RawMessageDecoder<T>> decoders = new ConcurrentHashMap<>();

  /**
   * @param id of the type's schema; null for a serde that only reads
   */
  RegistrySerde(SchemaRegistry registry, Integer id, Class<T> type) {
    this.registry = registry;
    this.id = id;
    this.model = OneType.of(type);
    this.singleObject = AvroSerde.of(type).deserializer();
    this.encoder = new RawMessageEncoder<>(model, model.schema());
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> {
      if (value == null) {
        return null;
      }
      if (id == null) {
        throw new SerializationException(
            "No schema was settled with the registry for topic %s; the record was not written"
                .formatted(topic));
      }
      try {
        return ConfluentFraming.framed(id, encoder.encode(value));
      } catch (IOException | AvroRuntimeException e) {
        throw new SerializationException(
            "A record for %s is not a valid '%s': %s"
                .formatted(topic, model.schema().getName(), e.getMessage()),
            e);
      }
    };
  }

  /**
   * Throws {@link SerializationException} for bytes that are not this type in one of both formats,
   * and what the registry throws where it does not know the schema.
   */
  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> {
      if (bytes == null || !ConfluentFraming.marks(bytes)) {
        return singleObject.deserialize(topic, bytes);
      }
      try {
        return decoder(ConfluentFraming.id(bytes))
            .decode(
                ByteBuffer.wrap(
                    bytes, ConfluentFraming.HEADER, bytes.length - ConfluentFraming.HEADER));
      } catch (IOException | AvroRuntimeException e) {
        throw new SerializationException(
            "A record in %s is not a '%s' of the schema with id %s: %s"
                .formatted(
                    topic, model.schema().getName(), ConfluentFraming.id(bytes), e.getMessage()),
            e);
      }
    };
  }

  private RawMessageDecoder<T> decoder(int writer) {
    RawMessageDecoder<T> decoder = decoders.get(writer);
    if (decoder == null) {
      decoder = new RawMessageDecoder<>(model, registry.schema(writer), model.schema());
      decoders.put(writer, decoder);
    }
    return decoder;
  }
}
