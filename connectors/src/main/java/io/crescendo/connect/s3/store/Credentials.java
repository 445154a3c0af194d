package io.crescendo.connect.s3.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.apache.kafka.common.Configurable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** Makes credentials providers from settings. */
public final class Credentials {

  private Credentials() {}

  /**
   * Makes a provider.
   *
   * @param http for requests to STS
   * @throws IllegalArgumentException if the class is no provider, or cannot be made
   */
  static AwsCredentialsProvider of(IdentitySettings settings, SdkHttpClient http) {
    AwsCredentialsProvider provider = provider(settings, http);
    return () -> {
      try {
        return provider.resolveCredentials();
      } catch (SdkClientException e) {
        throw Failures.ofNetwork(e) ? e : new NoCredentialsException(e);
      }
    };
  }

  private static AwsCredentialsProvider provider(IdentitySettings settings, SdkHttpClient http) {
    AwsCredentialsProvider own = own(settings);
    RoleSettings role = settings.role();
    if (role == null) {
      return own;
    }
    StsClient sts =
        StsClient.builder()
            .region(Region.of(role.region()))
            .credentialsProvider(own)
            .httpClient(http)
            .build();
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts)
        .refreshRequest(
            r ->
                r.roleArn(role.arn())
                    .roleSessionName(role.sessionName())
                    .externalId(role.externalId()))
        .build();
  }

  private static AwsCredentialsProvider own(IdentitySettings settings) {
    if (settings.accessKeyId() != null) {
      return StaticCredentialsProvider.create(
          AwsBasicCredentials.create(settings.accessKeyId(), settings.secretAccessKey().value()));
    }
    if (settings.providerClass() == null) {
      return DefaultCredentialsProvider.builder().build();
    }
    AwsCredentialsProvider provider = instance(settings.providerClass());
    if (provider instanceof Configurable configurable) {
      configurable.configure(settings.providerProperties());
    }
    return provider;
  }

  /**
   * Makes sure that a class is a provider that can be made.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static void check(String providerClass) {
    Class<?> type = type(providerClass);
    if (factory(type) == null && !hasConstructor(type)) {
      throw new IllegalArgumentException(
          "it has neither a public constructor nor a static create(), both without arguments");
    }
  }

  private static AwsCredentialsProvider instance(String providerClass) {
    Class<?> type = type(providerClass);
    Method factory = factory(type);
    try {
      return (AwsCredentialsProvider)
          (factory != null ? factory.invoke(null) : type.getConstructor().newInstance());
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(providerClass + " failed: " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(providerClass + " cannot be made: " + e, e);
    }
  }

  private static Class<?> type(String providerClass) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? Credentials.class.getClassLoader() : context;
    try {
      Class<?> type = Class.forName(providerClass, false, loader);
      if (!AwsCredentialsProvider.class.isAssignableFrom(type)) {
        throw new IllegalArgumentException(
            "it does not implement " + AwsCredentialsProvider.class.getName());
      }
      return type;
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("the plugin has no such class", e);
    }
  }

  /** The SDK's own providers have a method to make them, and no constructor. */
  private static Method factory(Class<?> type) {
    try {
      Method create = type.getMethod("create");
      return Modifier.isStatic(create.getModifiers())
              && type.isAssignableFrom(create.getReturnType())
          ? create
          : null;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private static boolean hasConstructor(Class<?> type) {
    return !Modifier.isAbstract(type.getModifiers())
        && Arrays.stream(type.getConstructors()).anyMatch(c -> c.getParameterCount() == 0);
  }
}
