package io.crescendo.streams;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The keys that {@link StreamsSettings} are read from. */
public enum Setting {
  BOOTSTRAP_SERVERS("127.0.0.1:9092", "brokers to start from, host:port, separated by commas"),
  APPLICATION_ID("crescendo-streams", "name of the consumer group, internal topics and state"),
  STATE_DIR(
      "",
      "directory of the state stores; empty is 'crescendo-streams' in java.io.tmpdir, which must then be this user's and writable to nobody else"),
  PARTITIONS("4", "partitions of artist-updates, which the state is split by; 1 to 10000"),
  THREADS("1", "stream threads of this instance; 1 to 256"),
  COMMIT_INTERVAL(
      "PT1S",
      "micro-batch: a genre is written once in it while its artists change; PT0.01S to PT5M"),
  ROCKSDB_BYTES("134217728", "blocks and write buffers of all stores together; 2^23 to 2^40"),
  GROUP_PROTOCOL("classic", "classic, or streams for brokers from 4.2 on"),
  REPLICATION_FACTOR("-1", "replicas of topics that the app creates; -1 is the broker's default"),
  GENRE_FAMILIES("", "file of genre families over the shipped ones; empty for none"),
  DELETED_HORIZON(
      "P30D", "how long a deleted artist is remembered, so that no late update revives it"),
  OBSERVED_AHEAD(
      "P1D",
      "how far ahead of the clock an observation may lie; PT0S to P36500D, beyond it is bad"),
  START_TIMEOUT("PT1M", "how long to wait for brokers and topics at start; PT1S to PT1H"),
  STANDBY_REPLICAS(
      "0", "copies of the state on other instances, under the classic protocol; 0 to 9"),
  INSTANCE_ID(
      "", "static membership: a name that this instance keeps through restarts; empty for none"),
  HTTP_HOST("127.0.0.1", "address on which questions are answered"),
  HTTP_PORT("8089", "port on which questions are answered; 0 for any that is free, -1 for none"),
  HTTP_ADVERTISED(
      "", "host:port under which other instances reach this one; empty where it listens"),
  SCHEMA_REGISTRY_URL(
      "",
      "schema registry, such as http://127.0.0.1:8081, whose wire format is written; several are separated by commas; empty for none"),
  SCHEMA_REGISTRY_USER_INFO("", "user:password for the registry; empty for none"),
  SCHEMA_REGISTRY_REGISTER(
      "true",
      "true: schemas that the registry does not have are registered; false: it must have them");

  /** Keys that start so are Kafka properties, such as {@code kafka.security.protocol}. */
  public static final String KAFKA_PREFIX = "kafka.";

  private final String key = name().toLowerCase(Locale.ROOT).replace('_', '.');
  private final String defaultValue;
  private final String doc;

  Setting(String defaultValue, String doc) {
    this.defaultValue = defaultValue;
    this.doc = doc;
  }

  /** The key, such as {@code commit.interval}. */
  public String key() {
    return key;
  }

  /** The text that stands for an absent value. */
  public String defaultValue() {
    return defaultValue;
  }

  /** Meaning, unit and range, in one line. */
  public String doc() {
    return doc;
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).toList();
  }

  /** The key that differs least from an unknown one, by Levenshtein distance. */
  static String nearest(String unknown) {
    String best = null;
    int least = Integer.MAX_VALUE;
    for (String key : keys()) {
      int distance = distance(key, unknown);
      if (distance < least) {
        least = distance;
        best = key;
      }
    }
    return best;
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
