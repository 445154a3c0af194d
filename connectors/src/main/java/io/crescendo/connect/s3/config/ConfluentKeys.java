package io.crescendo.connect.s3.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Keys of Confluent's sink that this one does not have: most change nothing in Parquet files, so
 * that they may stay in a configuration that moves here.
 */
final class ConfluentKeys {

  private static final String OTHER_FORMATS = "it is about formats other than Parquet";
  private static final String NO_NULLS = "tombstones make no objects";
  private static final String KEYS_AND_HEADERS =
      "keys and headers would go to objects of their own, which this sink does not write";
  private static final String SAME_SCHEMAS = "columns follow from the schema of the value alone";
  private static final String BUFFERS = "files take no memory before they hold rows";

  /** What each is without effect for, by key. */
  static final Map<String, String> WITHOUT_EFFECT = withoutEffect();

  /** Those of which one value changes nothing, and any other is refused. */
  static final Map<String, Refused> REFUSED =
      Map.of(
          "store.kafka.keys", new Refused("false", KEYS_AND_HEADERS),
          "store.kafka.headers", new Refused("false", KEYS_AND_HEADERS),
          "s3.schema.partition.affix.type",
              new Refused("NONE", "names of schemas are not part of object names here"));

  /**
   * What another value than one is refused for.
   *
   * @param harmless the value
   * @param reason why any other would have to change something, and does not
   */
  record Refused(String harmless, String reason) {}

  private ConfluentKeys() {}

  private static Map<String, String> withoutEffect() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("s3.elastic.buffer.enable", BUFFERS);
    keys.put("s3.elastic.buffer.init.capacity", BUFFERS);
    keys.put("schema.cache.size", "every schema that comes is kept");
    keys.put("schema.generator.class", SAME_SCHEMAS);
    keys.put("connect.meta.data", SAME_SCHEMAS);
    keys.put("enhanced.avro.schema.support", SAME_SCHEMAS);
    keys.put("allow.optional.map.keys", SAME_SCHEMAS);
    keys.put(
        "s3.object.behavior.on.tagging.error", "tags go with the request that creates objects");
    keys.put("s3.send.digest", "the SDK sends the checksums that the store asks for");
    keys.put("s3.http.send.expect.continue", "bodies are sent at once");
    for (String key :
        new String[] {
          "avro.codec",
          "s3.compression.type",
          "s3.compression.level",
          "format.bytearray.extension",
          "format.bytearray.separator",
          "json.decimal.format"
        }) {
      keys.put(key, OTHER_FORMATS);
    }
    keys.put("tombstone.encoded.partition", NO_NULLS);
    keys.put("keys.format.class", KEYS_AND_HEADERS);
    keys.put("headers.format.class", KEYS_AND_HEADERS);
    return keys;
  }

  static boolean knows(String key) {
    return WITHOUT_EFFECT.containsKey(key) || REFUSED.containsKey(key);
  }

  /** What is wrong with a value of one of them. */
  static Optional<String> problem(String key, String value) {
    Refused refused = REFUSED.get(key);
    return refused == null || value == null || refused.harmless().equalsIgnoreCase(value.strip())
        ? Optional.empty()
        : Optional.of(
            "%s, which is a key of Confluent's sink, must be %s or not there, got '%s': %s"
                .formatted(key, refused.harmless(), value, refused.reason()));
  }

  /** Those that are configured, and have no effect. */
  static Collection<String> without(Map<String, String> properties) {
    TreeSet<String> ignored = new TreeSet<>(properties.keySet());
    ignored.retainAll(WITHOUT_EFFECT.keySet());
    return ignored;
  }
}
