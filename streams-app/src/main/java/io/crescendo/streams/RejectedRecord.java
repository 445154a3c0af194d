package io.crescendo.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.crescendo.schemas.Blanks;
import io.crescendo.schemas.Reject;
import io.crescendo.schemas.Topics;
import io.crescendo.schemas.UpdateFields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A record of {@code artist-rejects} as a person sees and corrects it: one line of JSON.
 *
 * <p>{@code key} and {@code value} are what is sent back. A value that is a JSON object stands
 * there as one, other text as a string; bytes that are no text are in {@code key_base64} and {@code
 * value_base64}. The other fields tell what was wrong, and are not read again, but for {@code
 * published_at}.
 *
 * @param line the JSON object
 * @param obstacle why it cannot go back as it is; null where it can
 */
record RejectedRecord(ObjectNode line, String obstacle) {

  /** A row of a file, which never was a record. */
  static final String FILE_ROW = "rows of files, to be corrected and published there";

  /** More than a reject can carry. */
  static final String CUT = "cut to what a reject can carry";

  /** Neither an object nor null, so that it would be rejected again. */
  static final String NO_OBJECT = "values that are no JSON object";

  /** Rejected again in any case, and a deletion would be sent with its key twice. */
  static final String LARGE_KEY = "keys that no artist can have";

  private static final String KEY = "key";
  private static final String VALUE = "value";
  private static final String BASE64 = "_base64";
  private static final String PUBLISHED_AT = "published_at";

  /**
   * Takes for an object only what it can write again without a loss: not two values in a row, not a
   * field that comes twice, and no number loses a digit.
   */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /**
   * From the topic.
   *
   * @param timestamp timestamp of the reject, which is that of the record it was
   */
  static RejectedRecord of(Reject reject, int partition, long offset, long timestamp) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("partition", partition).put("offset", offset);
    line.put("reason", reject.getReason()).put("field", reject.getField());
    line.put("message", reject.getMessage()).put("source", reject.getSource());
    line.put("rejected_at", reject.getRejectedAt().toString());
    line.put(PUBLISHED_AT, Instant.ofEpochMilli(timestamp).toString());
    byte[] key = bytes(reject.getRawKey());
    byte[] value = bytes(reject.getRawValue());
    put(line, KEY, key);
    put(line, VALUE, value);
    return new RejectedRecord(line, obstacle(reject, key, value));
  }

  private static String obstacle(Reject reject, byte[] key, byte[] value) {
    if (reject.getTopic() == null) {
      return FILE_ROW;
    }
    if (size(key) + size(value) >= Rejects.MAX_RAW_BYTES) {
      return CUT;
    }
    return size(key) > Rejects.MAX_KEY_BYTES ? LARGE_KEY : null;
  }

  /**
   * From a line that a person may have edited.
   *
   * @throws IllegalArgumentException if it is no such line
   */
  static RejectedRecord of(String text) {
    try {
      if (!(JSON.readTree(text) instanceof ObjectNode line)) {
        throw new IllegalArgumentException("must be a JSON object");
      }
      if (!line.has(VALUE) && !line.has(VALUE + BASE64)) {
        throw new IllegalArgumentException(
            "must have a field '%s', null for a deletion".formatted(VALUE));
      }
      RejectedRecord record = new RejectedRecord(line, null);
      record.publishedAt();
      boolean sendable = record.value() == null || record.object().isPresent();
      boolean large = size(record.key()) > Rejects.MAX_KEY_BYTES;
      return new RejectedRecord(line, large ? LARGE_KEY : sendable ? null : NO_OBJECT);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("must be JSON: " + e.getOriginalMessage(), e);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "field '%s' must be a time such as 2026-01-31T12:00:00Z".formatted(PUBLISHED_AT), e);
    }
  }

  /** Key to send it under, or null. */
  byte[] key() {
    return bytes(KEY);
  }

  /** Value as it is, or null. */
  byte[] value() {
    return bytes(VALUE);
  }

  /**
   * Value to send, stating when it was observed: where it says nothing itself, that is when it was
   * first published. Otherwise an old record would win over newer ones, because it is sent now.
   */
  byte[] datedValue() {
    byte[] value = value();
    byte[] key = key();
    long at = publishedAt();
    if (value == null) {
      return key == null
          ? null
          : JsonNodeFactory.instance
              .objectNode()
              .put(UpdateFields.ID, Blanks.strip(new String(key, StandardCharsets.UTF_8)))
              .put(UpdateFields.DELETED, true)
              .put(UpdateFields.OBSERVED_AT, at)
              .toString()
              .getBytes(StandardCharsets.UTF_8);
    }
    return object()
        .filter(object -> !object.hasNonNull(UpdateFields.OBSERVED_AT))
        .map(object -> object.put(UpdateFields.OBSERVED_AT, at).toString())
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .orElse(value);
  }

  String reason() {
    return line.path("reason").asText();
  }

  Instant rejectedAt() {
    return Instant.parse(line.path("rejected_at").asText());
  }

  private long publishedAt() {
    String text = line.path(PUBLISHED_AT).asText("");
    return (text.isEmpty() ? Instant.now() : Instant.parse(text)).toEpochMilli();
  }

  private Optional<ObjectNode> object() {
    return object(value());
  }

  private byte[] bytes(String field) {
    if (line.hasNonNull(field + BASE64)) {
      try {
        return Base64.getDecoder().decode(line.get(field + BASE64).asText());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "field '%s%s' must be Base64: %s".formatted(field, BASE64, e.getMessage()), e);
      }
    }
    JsonNode node = line.path(field);
    if (node.isNull() || node.isMissingNode()) {
      return null;
    }
    String text = node.isTextual() ? node.textValue() : node.toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<ObjectNode> object(byte[] value) {
    try {
      return value != null && JSON.readTree(value) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void put(ObjectNode line, String field, byte[] bytes) {
    if (bytes == null) {
      line.putNull(field);
    } else if (Utf8.firstInvalid(bytes) != Utf8.VALID) {
      line.put(field + BASE64, Base64.getEncoder().encodeToString(bytes));
    } else {
      JsonNode text = TextNode.valueOf(new String(bytes, StandardCharsets.UTF_8));
      line.set(
          field, field.equals(VALUE) ? object(bytes).map(JsonNode.class::cast).orElse(text) : text);
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static int size(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  /** The topic that it goes back to. */
  static String target() {
    return Topics.ARTIST_UPDATES.name();
  }
}
