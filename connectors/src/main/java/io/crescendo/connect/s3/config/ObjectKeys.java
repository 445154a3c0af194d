package io.crescendo.connect.s3.config;

import io.crescendo.connect.s3.store.ObjectSettings;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.types.Password;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;

/** Keys about what each object is given beside its bytes. */
final class ObjectKeys {

  private static final String ENCRYPTION = "s3.ssea.name";
  private static final String KMS_KEY = "s3.sse.kms.key.id";
  private static final String CUSTOMER_KEY = "s3.sse.customer.key";
  private static final String ACL = "s3.acl.canned";
  private static final String TAGGING = "s3.object.tagging";
  private static final String TAGS = "s3.object.tagging.key.value.pairs";

  private static final String AES = "AES256";
  private static final String KMS = "aws:kms";
  private static final int CUSTOMER_KEY_BYTES = 32;

  /** S3 takes ten tags, of which three say what the object holds. */
  private static final int MOST_TAGS = 7;

  private static final Set<String> OWN_TAGS = Set.of("startOffset", "endOffset", "recordCount");

  private static final Set<String> ACLS =
      ObjectCannedACL.knownValues().stream()
          .map(ObjectCannedACL::toString)
          .collect(Collectors.toSet());

  private ObjectKeys() {}

  static void define(ConfigDef keys) {
    keys.define(
            ENCRYPTION,
            Type.STRING,
            "",
            Rules.blankOrOneOf(Set.of(AES, KMS)),
            Importance.LOW,
            "Server-side encryption of objects; blank for that of the bucket.")
        .define(
            KMS_KEY,
            Type.STRING,
            "",
            Importance.LOW,
            "KMS key of aws:kms; blank for the account's own.")
        .define(
            CUSTOMER_KEY,
            Type.PASSWORD,
            new Password(""),
            Importance.LOW,
            "Key that the store encrypts objects with and forgets (SSE-C), with s3.ssea.name=AES256:"
                + " 256 bits in base 64. Readers need it, too.")
        .define(
            ACL,
            Type.STRING,
            "",
            Rules.blankOrOneOf(ACLS),
            Importance.LOW,
            "Canned ACL of objects; blank for that of the bucket.")
        .define(
            TAGGING,
            Type.BOOLEAN,
            false,
            Importance.LOW,
            "Whether objects are tagged with startOffset, endOffset and recordCount, in the request"
                + " that creates them. Needs s3:PutObjectTagging.")
        .define(
            TAGS,
            Type.LIST,
            List.of(),
            Importance.LOW,
            "Further tags, as key:value, where s3.object.tagging is on.");
  }

  static void check(Values values) {
    String encryption = values.text(ENCRYPTION).toLowerCase(Locale.ROOT);
    if (!values.text(KMS_KEY).isEmpty() && !encryption.equals(KMS)) {
      values.problem(KMS_KEY, "is of use only with %s=%s".formatted(ENCRYPTION, KMS));
    }
    Password customerKey = values.password(CUSTOMER_KEY);
    if (customerKey != null) {
      if (!encryption.equalsIgnoreCase(AES)) {
        values.problem(CUSTOMER_KEY, "is of use only with %s=%s".formatted(ENCRYPTION, AES));
      }
      if (!isKey(customerKey.value())) {
        // What it is instead, is a secret.
        values.problem(CUSTOMER_KEY, "must be 32 bytes in base 64");
      }
    }
    checkTags(values);
  }

  private static void checkTags(Values values) {
    List<String> pairs = values.list(TAGS);
    if (!pairs.isEmpty() && values.fine(TAGGING) && !values.flag(TAGGING)) {
      values.problem(TAGS, "is of use only with " + TAGGING + "=true");
    }
    if (pairs.size() > MOST_TAGS) {
      values.problem(TAGS, "must be at most %s, got %s".formatted(MOST_TAGS, pairs.size()));
    }
    for (String pair : pairs) {
      String key = pair.replaceFirst(":.*", "");
      if (key.isEmpty()
          || key.equals(pair)
          || key.length() > 128
          || pair.length() - key.length() - 1 > 256) {
        values.problem(
            TAGS, "must be key:value, of at most 128 and 256 characters, got '%s'".formatted(pair));
      } else if (OWN_TAGS.contains(key) || key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
        values.problem(TAGS, "must not hold '%s', which the sink or AWS sets".formatted(key));
      }
    }
    if (tags(pairs).size() < pairs.size()) {
      values.problem(TAGS, "must hold each key once, got " + pairs);
    }
  }

  static ObjectSettings read(Values values) {
    Password customerKey = values.password(CUSTOMER_KEY);
    String encryption = values.text(ENCRYPTION);
    String named = encryption.equalsIgnoreCase(KMS) ? KMS : AES;
    return new ObjectSettings(
        // With a customer's key, S3 refuses the name of its own encryption.
        encryption.isEmpty() || customerKey != null ? null : named,
        textOrNull(values, KMS_KEY),
        customerKey,
        values.text(ACL).isEmpty() ? null : values.text(ACL).toLowerCase(Locale.ROOT),
        values.flag(TAGGING),
        values.flag(TAGGING) ? tags(values.list(TAGS)) : Map.of());
  }

  private static String textOrNull(Values values, String key) {
    return values.text(key).isEmpty() ? null : values.text(key);
  }

  private static Map<String, String> tags(List<String> pairs) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String pair : pairs) {
      int colon = pair.indexOf(':');
      tags.put(colon < 0 ? pair : pair.substring(0, colon), pair.substring(colon + 1));
    }
    return tags;
  }

  private static boolean isKey(String text) {
    try {
      return Base64.getDecoder().decode(text).length == CUSTOMER_KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
