package io.crescendo.connect.s3.config;

import io.crescendo.connect.s3.store.S3Settings;
import java.net.URI;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Keys about the bucket. */
final class StoreKeys {

  static final String CONDITIONAL = "s3.conditional.writes";

  private static final String BUCKET = "s3.bucket.name";
  private static final String REGION = "s3.region";
  private static final String ENDPOINT = "store.url";
  private static final String PATH_STYLE = "s3.path.style.access.enabled";
  private static final String PART_SIZE = "s3.part.size";
  private static final String RETRIES = "s3.part.retries";
  private static final String RETRY_BACKOFF = "s3.retry.backoff.ms";
  private static final String WAN_MODE = "s3.wan.mode";

  private static final int MIB = 1024 * 1024;

  private StoreKeys() {}

  static void define(ConfigDef keys) {
    keys.define(
            BUCKET,
            Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            Rules.notBlank(),
            Importance.HIGH,
            "Bucket that the objects go to; it must exist.")
        .define(
            REGION,
            Type.STRING,
            "us-west-2",
            Rules.notBlank(),
            Importance.MEDIUM,
            "AWS region of the bucket.")
        .define(
            ENDPOINT,
            Type.STRING,
            "",
            Rules.parses("an http or https URL", StoreKeys::endpoint),
            Importance.LOW,
            "S3 endpoint of a store other than AWS; blank for AWS.")
        .define(
            PATH_STYLE,
            Type.BOOLEAN,
            true,
            Importance.LOW,
            "Whether the bucket is part of the path rather than of the host name.")
        .define(
            WAN_MODE,
            Type.BOOLEAN,
            false,
            Importance.MEDIUM,
            "Whether requests go to S3's accelerated endpoint (Transfer Acceleration, which the bucket"
                + " must have on). The bucket is then part of the host name, whatever"
                + " s3.path.style.access.enabled says.")
        .define(
            PART_SIZE,
            Type.INT,
            25 * MIB,
            Range.between(5 * MIB, Integer.MAX_VALUE),
            Importance.HIGH,
            "Bytes above which an object is uploaded in parts, and the size of each part.")
        .define(
            RETRIES,
            Type.INT,
            3,
            Range.atLeast(0),
            Importance.MEDIUM,
            "How often a request is repeated that failed for a reason that may pass.")
        .define(
            RETRY_BACKOFF,
            Type.LONG,
            200L,
            Range.between(0L, TaskKeys.LONGEST_PAUSE),
            Importance.LOW,
            "Longest pause before the first repetition, in milliseconds; doubles with each.")
        .define(
            CONDITIONAL,
            Type.BOOLEAN,
            true,
            Importance.MEDIUM,
            "Whether the store honours If-None-Match: *. Exactly once needs it. Without, objects are"
                + " overwritten, and a stale or restarted task may leave rows twice.");
  }

  static void check(Values values) {
    if (values.fine(WAN_MODE) && values.flag(WAN_MODE)) {
      if (!values.text(ENDPOINT).isEmpty()) {
        values.problem(
            WAN_MODE, "must be off where store.url is set: only AWS has such an endpoint");
      }
      if (values.text(BUCKET).contains(".")) {
        values.problem(
            WAN_MODE,
            "must be off for a bucket with a dot in its name, which S3 does not accelerate; got '%s'"
                .formatted(values.text(BUCKET)));
      }
    }
  }

  static S3Settings read(Values values) {
    String endpoint = values.text(ENDPOINT);
    boolean accelerated = values.flag(WAN_MODE);
    return new S3Settings(
        values.text(BUCKET),
        values.text(REGION),
        endpoint.isEmpty() ? null : endpoint(endpoint),
        // The accelerated endpoint knows buckets only by host name.
        values.flag(PATH_STYLE) && !accelerated,
        accelerated,
        IdentityKeys.read(values, values.text(REGION)),
        ProxyKeys.read(values),
        values.integer(PART_SIZE),
        values.integer(RETRIES),
        Duration.ofMillis(values.number(RETRY_BACKOFF)),
        values.flag(CONDITIONAL),
        ObjectKeys.read(values));
  }

  private static URI endpoint(String text) {
    URI uri = URI.create(text);
    if (uri.getHost() == null || !(text.startsWith("http://") || text.startsWith("https://"))) {
      throw new IllegalArgumentException(text);
    }
    return uri;
  }
}
