package io.crescendo.connect.s3.config;

import io.crescendo.connect.s3.store.Credentials;
import io.crescendo.connect.s3.store.IdentitySettings;
import io.crescendo.connect.s3.store.RoleSettings;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.types.Password;

/** Keys about who the store is used as. */
final class IdentityKeys {

  /** What a provider is configured with. */
  static final String PROVIDER_PREFIX = "s3.credentials.provider.";

  private static final String ACCESS_KEY = "aws.access.key.id";
  private static final String SECRET_KEY = "aws.secret.access.key";
  private static final String PROVIDER = PROVIDER_PREFIX + "class";
  private static final String ROLE = "sts.role.arn";
  private static final String SESSION = "sts.role.session.name";
  private static final String EXTERNAL_ID = "sts.role.external.id";
  private static final String STS_REGION = "sts.region";

  private static final String DEFAULT_PROVIDER =
      "software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider";

  /** Names of the default chain, in both versions of the SDK. */
  private static final Set<String> DEFAULT_PROVIDERS =
      Set.of(DEFAULT_PROVIDER, "com.amazonaws.auth.DefaultAWSCredentialsProviderChain");

  private static final String CONFLUENTS_ROLE_PROVIDER =
      "io.confluent.connect.s3.auth.AwsAssumeRoleCredentialsProvider";

  private static final Set<String> ROLE_KEYS = Set.of(ROLE, SESSION, EXTERNAL_ID, STS_REGION);

  private IdentityKeys() {}

  static void define(ConfigDef keys) {
    keys.define(
            ACCESS_KEY,
            Type.STRING,
            "",
            Importance.HIGH,
            "Access key; blank for the credentials provider.")
        .define(
            SECRET_KEY,
            Type.PASSWORD,
            new Password(""),
            Importance.HIGH,
            "Secret of the access key.")
        .define(
            PROVIDER,
            Type.STRING,
            DEFAULT_PROVIDER,
            Importance.LOW,
            "Credentials provider of AWS SDK v2, with a constructor or a static create() without"
                + " arguments. One that implements Kafka's Configurable is given the keys that begin"
                + " with s3.credentials.provider. without that prefix. Aliases: SDK v1's"
                + " DefaultAWSCredentialsProviderChain for the default chain; Confluent's"
                + " AwsAssumeRoleCredentialsProvider, with s3.credentials.provider.sts.role.arn and so"
                + " on, for the role keys below.")
        .define(
            ROLE,
            Type.STRING,
            "",
            Importance.MEDIUM,
            "Role to assume, with the credentials that the keys above give; blank for none.")
        .define(
            SESSION,
            Type.STRING,
            "crescendo-s3-sink",
            Rules.notBlank(),
            Importance.LOW,
            "Name of the role's session, as CloudTrail shows it.")
        .define(
            EXTERNAL_ID,
            Type.STRING,
            "",
            Importance.LOW,
            "External id that the role's trust policy asks for; blank for none.")
        .define(
            STS_REGION,
            Type.STRING,
            "",
            Importance.LOW,
            "Region in which STS is asked for the role; blank for s3.region.");
  }

  static void check(Values values) {
    boolean key = !values.text(ACCESS_KEY).isEmpty();
    boolean secret = values.password(SECRET_KEY) != null;
    if (key && !secret) {
      values.problem(SECRET_KEY, "must be set together with " + ACCESS_KEY);
    }
    if (secret && !key) {
      values.problem(ACCESS_KEY, "must be set together with " + SECRET_KEY);
    }
    checkProvider(values, key);
    checkRole(values);
  }

  private static void checkProvider(Values values, boolean key) {
    Set<String> given = new TreeSet<>(values.prefixed(PROVIDER_PREFIX).keySet());
    given.remove("class");
    if (isRoleProvider(values)) {
      given.removeAll(ROLE_KEYS);
      given.forEach(g -> values.problem(PROVIDER, "takes no key " + PROVIDER_PREFIX + g));
    } else if (!isOwnProvider(values)) {
      given.forEach(
          g ->
              values.problem(PROVIDER, "must name the provider that takes " + PROVIDER_PREFIX + g));
    } else if (key) {
      values.problem(PROVIDER, "must not be set where " + ACCESS_KEY + " is, which would be used");
    } else {
      try {
        Credentials.check(values.text(PROVIDER));
      } catch (IllegalArgumentException e) {
        values.problem(
            PROVIDER,
            "must be a credentials provider of AWS SDK v2, got '%s': %s"
                    .formatted(values.text(PROVIDER), e.getMessage())
                + FormerProviders.advice(values.text(PROVIDER)));
      }
    }
  }

  private static void checkRole(Values values) {
    if (!role(values, ROLE).isEmpty()) {
      return;
    }
    if (isRoleProvider(values)) {
      values.problem(ROLE, "must be set for " + CONFLUENTS_ROLE_PROVIDER);
    }
    for (String key : new String[] {EXTERNAL_ID, STS_REGION}) {
      if (!role(values, key).isEmpty()) {
        values.problem(key, "is of use only with " + ROLE);
      }
    }
  }

  static IdentitySettings read(Values values, String region) {
    String key = values.text(ACCESS_KEY);
    boolean own = isOwnProvider(values);
    return new IdentitySettings(
        key.isEmpty() ? null : key,
        values.password(SECRET_KEY),
        own ? values.text(PROVIDER) : null,
        own ? providerProperties(values) : Map.of(),
        readRole(values, region));
  }

  private static RoleSettings readRole(Values values, String region) {
    String arn = role(values, ROLE);
    String externalId = role(values, EXTERNAL_ID);
    String stsRegion = role(values, STS_REGION);
    return arn.isEmpty()
        ? null
        : new RoleSettings(
            arn,
            role(values, SESSION),
            externalId.isEmpty() ? null : externalId,
            stsRegion.isEmpty() ? region : stsRegion);
  }

  private static Map<String, String> providerProperties(Values values) {
    Map<String, String> properties = values.prefixed(PROVIDER_PREFIX);
    properties.remove("class");
    return properties;
  }

  /** A key about the role; Confluent's provider takes them with its prefix. */
  private static String role(Values values, String key) {
    String prefixed = values.prefixed(PROVIDER_PREFIX).getOrDefault(key, "").strip();
    return isRoleProvider(values) && !prefixed.isEmpty() ? prefixed : values.text(key);
  }

  private static boolean isRoleProvider(Values values) {
    return values.text(PROVIDER).equals(CONFLUENTS_ROLE_PROVIDER);
  }

  private static boolean isOwnProvider(Values values) {
    String name = values.text(PROVIDER);
    return !name.isEmpty() && !DEFAULT_PROVIDERS.contains(name) && !isRoleProvider(values);
  }
}
