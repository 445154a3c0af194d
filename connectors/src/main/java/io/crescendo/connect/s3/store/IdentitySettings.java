package io.crescendo.connect.s3.store;

import java.util.Map;
import org.apache.kafka.common.config.types.Password;

/**
 * Who the store is used as.
 *
 * @param accessKeyId access key; null for the provider
 * @param secretAccessKey its secret; null exactly when the key is
 * @param providerClass class of a credentials provider of SDK v2; null for the default chain
 * @param providerProperties what the provider is configured with, without the prefix
 * @param role role to assume with those credentials; null for none
 */
public record IdentitySettings(
    String accessKeyId,
    Password secretAccessKey,
    String providerClass,
    Map<String, String> providerProperties,
    RoleSettings role) {

  /** The SDK's default chain: environment, profile, role of the machine. */
  public static final IdentitySettings DEFAULT =
      new IdentitySettings(null, null, null, Map.of(), null);

  /** Makes the map unmodifiable. */
  public IdentitySettings {
    providerProperties = Map.copyOf(providerProperties);
  }

  /** An access key and its secret. */
  public static IdentitySettings of(String accessKeyId, Password secretAccessKey) {
    return new IdentitySettings(accessKeyId, secretAccessKey, null, Map.of(), null);
  }

  /** Names what a provider is configured with; the values may be secrets. */
  @Override
  public String toString() {
    return "IdentitySettings[accessKeyId=%s, providerClass=%s, providerProperties=%s, role=%s]"
        .formatted(accessKeyId, providerClass, providerProperties.keySet(), role);
  }
}
