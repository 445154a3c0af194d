package io.crescendo.streams;

import static io.crescendo.schemas.UpdateFields.ID;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.crescendo.schemas.Blanks;
import io.crescendo.schemas.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Tells valid records of {@code artist-updates} from bad ones. Whatever the bytes, it answers, and
 * throws nothing.
 *
 * <p>A value is one JSON object of {@link io.crescendo.schemas.UpdateFields}, strict JSON in UTF-8.
 * A null value is a tombstone: the artist of the key is gone. An empty key counts as none.
 */
final class UpdateParser {

  /** Largest value that is read at all; a real one has less than a kilobyte. */
  static final int MAX_BYTES = 256 * 1024;

  private static final String KEY = "key";

  private final JsonFactory json =
      new JsonFactoryBuilder()
          // Names come from outside: neither keep them for ever nor trip over crafted ones.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(MAX_BYTES)
                  .maxNameLength(MAX_BYTES)
                  .maxStringLength(MAX_BYTES)
                  .build())
          .build();

  /**
   * Reads one record.
   *
   * @param key key as received, or null
   * @param value value as received, or null
   * @param origin where the record lay
   */
  Parsed parse(byte[] key, byte[] value, Origin origin) {
    byte[] given = key == null || key.length == 0 ? null : key;
    if (given != null && given.length > Rejects.MAX_KEY_BYTES) {
      // Blanks around an id are forgiven, but not so many that the record could not be passed on.
      String rule = "the key must have at most %s bytes, got %s";
      String text = rule.formatted(Rejects.MAX_KEY_BYTES, given.length);
      return rejected(new Problem(Reason.TOO_LONG, KEY, beginning(given), text));
    }
    return value == null ? tombstone(given, origin) : object(given, value, origin);
  }

  private static Parsed tombstone(byte[] key, Origin origin) {
    if (key == null) {
      String text = "a record without a value deletes the artist in its key, got no key";
      return rejected(new Problem(Reason.MISSING_FIELD, ID, null, text));
    }
    int invalid = Utf8.firstInvalid(key);
    String id = Blanks.strip(new String(key, StandardCharsets.UTF_8));
    if (invalid != Utf8.VALID) {
      String text = "the key must be UTF-8, its byte %s is not".formatted(invalid);
      return rejected(new Problem(Reason.INVALID_UTF8, KEY, id, text));
    }
    if (id.isEmpty()) {
      String text = "the key must not be blank where there is no value";
      return rejected(new Problem(Reason.BLANK_FIELD, KEY, "", text));
    }
    int length = id.codePointCount(0, id.length());
    if (length > UpdateReader.MAX_ID) {
      String rule = "the key must have at most %s characters where there is no value, got %s";
      String text = rule.formatted(UpdateReader.MAX_ID, length);
      return rejected(new Problem(Reason.TOO_LONG, KEY, id, text));
    }
    return new Parsed.Accepted(
        Update.deletion(id, origin.timestamp(), false, null, origin, Bytes.wrap(key), null), 0);
  }

  private Parsed object(byte[] key, byte[] value, Origin origin) {
    if (value.length > MAX_BYTES) {
      String text =
          "the value must have at most %s bytes, got %s".formatted(MAX_BYTES, value.length);
      return rejected(Problem.ofRecord(Reason.TOO_LONG, beginning(value), text));
    }
    int invalid = Utf8.firstInvalid(value);
    if (invalid != Utf8.VALID) {
      String text = "the value must be UTF-8, its byte %s is not".formatted(invalid);
      return rejected(Problem.ofRecord(Reason.INVALID_UTF8, beginning(value), text));
    }
    if (startsLikeUtf16(value)) {
      return notJson(value);
    }
    try (JsonParser parser = json.createParser(value)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        return first == null ? notJson(value) : notAnObject(parser, first, value);
      }
      UpdateReader fields = new UpdateReader(parser);
      fields.readObject();
      if (parser.nextToken() != null) {
        return notJson(value);
      }
      return judged(fields, key, value, origin);
    } catch (IOException e) {
      return notJson(value);
    }
  }

  private static Parsed judged(UpdateReader fields, byte[] key, byte[] value, Origin origin) {
    Problem problem = fields.problem();
    if (problem != null) {
      return new Parsed.Rejected(problem, Problem.shortened(fields.source()));
    }
    String id = fields.id();
    if (key != null && !Blanks.strip(new String(key, StandardCharsets.UTF_8)).equals(id)) {
      String rule = "must equal the record's key '%s'".formatted(beginning(key));
      return new Parsed.Rejected(
          Problem.in(ID, Reason.KEY_MISMATCH, rule, id, true), Problem.shortened(fields.source()));
    }
    return new Parsed.Accepted(
        Update.of(id, fields, origin, Bytes.wrap(key), Bytes.wrap(value)), fields.unknownFields());
  }

  /** Walks on to the end, because {@code [1] rubbish} is not JSON at all. */
  private static Parsed notAnObject(JsonParser parser, JsonToken first, byte[] value)
      throws IOException {
    parser.skipChildren();
    if (parser.nextToken() != null) {
      return notJson(value);
    }
    String kind =
        switch (first) {
          case START_ARRAY -> "an array";
          case VALUE_STRING -> "a string";
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
          case VALUE_NULL -> "null";
          default -> "true or false";
        };
    String text = "the value must be a JSON object, got " + kind;
    return rejected(Problem.ofRecord(Reason.NOT_AN_OBJECT, beginning(value), text));
  }

  private static Parsed notJson(byte[] value) {
    String got = beginning(value);
    String text = "the value must be one JSON object, got '%s'".formatted(got);
    return rejected(Problem.ofRecord(Reason.NOT_JSON, got, text));
  }

  private static Parsed rejected(Problem problem) {
    return new Parsed.Rejected(problem, null);
  }

  /** The parser would detect UTF-16 and UTF-32 by the zeros, and take them. */
  private static boolean startsLikeUtf16(byte[] value) {
    for (int i = 0; i < Math.min(4, value.length); i++) {
      if (value[i] == 0) {
        return true;
      }
    }
    return false;
  }

  private static String beginning(byte[] bytes) {
    // Four bytes make at most one code point, so this is enough for the characters that are kept.
    byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, 4 * Problem.MAX_VALUE));
    return Problem.shortened(new String(head, StandardCharsets.UTF_8));
  }
}
