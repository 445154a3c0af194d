package io.crescendo.connect.s3.store;

import java.util.Map;
import org.apache.kafka.common.config.types.Password;

/**
 * What each object is given beside its bytes.
 *
 * @param encryption {@code AES256} or {@code aws:kms}; null for the bucket's default
 * @param kmsKeyId key of {@code aws:kms}; null for the account's default
 * @param customerKey 256-bit key in base 64 that the store encrypts with and forgets; null for none
 * @param acl canned ACL; null for the bucket's default
 * @param tagged whether objects are tagged with their offsets, their number of rows and {@code
 *     tags}
 * @param tags further tags
 */
public record ObjectSettings(
    String encryption,
    String kmsKeyId,
    Password customerKey,
    String acl,
    boolean tagged,
    Map<String, String> tags) {

  /** Nothing. */
  public static final ObjectSettings PLAIN =
      new ObjectSettings(null, null, null, null, false, Map.of());

  /** Makes the map unmodifiable. */
  public ObjectSettings {
    tags = Map.copyOf(tags);
  }
}
