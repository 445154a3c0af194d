package io.crescendo.stack.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crescendo.registry.ConfluentFraming;
import io.crescendo.registry.RegistryException;
import io.crescendo.registry.SchemaRegistry;
import io.crescendo.schemas.AvroLimits;
import io.crescendo.schemas.SchemaVersions;
import io.crescendo.schemas.Terminal;
import io.crescendo.schemas.TopicDefinition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns records of the pipeline's topics into plain JSON: Avro fields by name, timestamps as
 * ISO-8601, bytes as text where they are UTF-8 and as {@code base64:…} where not.
 */
final class RecordJson {

  static {
    AvroLimits.set();
  }

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectReader WHOLE =
      JSON.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final BinaryMessageDecoder<GenericRecord> avro;
  private final Optional<SchemaRegistry> registry;

  /**
   * @param registry knows the schemas of records in Confluent's wire format; without it they are
   *     shown as bytes
   */
  RecordJson(TopicDefinition topic, Optional<SchemaRegistry> registry) {
    this.registry = registry;
    avro =
        topic.valueSchema() == null
            ? null
            : new BinaryMessageDecoder<>(new GenericData(), topic.valueSchema());
    if (avro != null) {
      SchemaVersions.earlier(topic.valueSchema()).forEach(avro::addSchema);
    }
  }

  /** As {@link #of}, on one line that does no more to a terminal than move on to the next. */
  String line(ConsumerRecord<byte[], byte[]> record) {
    return Terminal.harmless(of(record).toString());
  }

  /** Partition, offset, timestamp, key and value of a record. */
  ObjectNode of(ConsumerRecord<byte[], byte[]> record) {
    ObjectNode node = NODES.objectNode();
    node.put("partition", record.partition());
    node.put("offset", record.offset());
    node.put("timestamp", Instant.ofEpochMilli(record.timestamp()).toString());
    node.set("key", bytes(record.key()));
    node.set("value", value(record.value()));
    return node;
  }

  private JsonNode value(byte[] value) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (avro == null) {
      return parsedOrText(value);
    }
    try {
      GenericRecord record =
          registry.isPresent() && ConfluentFraming.marks(value)
              ? registered(registry.get().schema(ConfluentFraming.id(value)), value)
              : avro.decode(value);
      return avro(record.getSchema(), record);
    } catch (IOException | AvroRuntimeException e) {
      return bytes(value);
    } catch (RegistryException e) {
      if (e.ofSchema()) { // somebody else's record, or none of this registry
        return bytes(value);
      }
      throw e;
    }
  }

  private static GenericRecord registered(Schema schema, byte[] value) throws IOException {
    int header = ConfluentFraming.HEADER;
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(value, header, value.length - header, null));
  }

  private static JsonNode parsedOrText(byte[] value) {
    try {
      JsonNode parsed = WHOLE.readTree(value);
      return parsed.isMissingNode() ? bytes(value) : parsed;
    } catch (IOException e) {
      return bytes(value);
    }
  }

  private static JsonNode avro(Schema schema, Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    switch (schema.getType()) {
      case RECORD -> {
        GenericRecord record = (GenericRecord) value;
        ObjectNode node = NODES.objectNode();
        for (Schema.Field field : schema.getFields()) {
          node.set(field.name(), avro(field.schema(), record.get(field.pos())));
        }
        return node;
      }
      case UNION -> {
        return avro(schema.getTypes().get(new GenericData().resolveUnion(schema, value)), value);
      }
      case ARRAY -> {
        ArrayNode node = NODES.arrayNode();
        ((Collection<?>) value).forEach(v -> node.add(avro(schema.getElementType(), v)));
        return node;
      }
      case BYTES -> {
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes(bytes);
      }
      case LONG -> {
        return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
            ? NODES.textNode(Instant.ofEpochMilli((Long) value).toString())
            : NODES.numberNode((Long) value);
      }
      default -> {
        return value instanceof CharSequence
            ? NODES.textNode(value.toString())
            : JSON.valueToTree(value);
      }
    }
  }

  private static JsonNode bytes(byte[] bytes) {
    if (bytes == null) {
      return NODES.nullNode();
    }
    try {
      return NODES.textNode(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return NODES.textNode("base64:" + Base64.getEncoder().encodeToString(bytes));
    }
  }
}
