package io.crescendo.connect.s3.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.apache.kafka.common.Configurable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * The credentials that settings ask for. Closing them closes the providers, of which some refresh
 * themselves in threads of their own; the SDK's clients leave those open that they were given.
 */
public final class Credentials implements AwsCredentialsProvider, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

  /** Those that have a close(), the last first. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private final AwsCredentialsProvider provider;

  /**
   * Makes the providers.
   *
   * @param http for requests to STS
   * @throws IllegalArgumentException if the class is no provider, or cannot be made
   */
  Credentials(IdentitySettings settings, SdkHttpClient http) {
    AwsCredentialsProvider own = closing(own(settings));
    RoleSettings role = settings.role();
    provider = role == null ? own : closing(assumed(role, own, http));
  }

  private AwsCredentialsProvider assumed(
      RoleSettings role, AwsCredentialsProvider own, SdkHttpClient http) {
    StsClient sts =
        closing(
            StsClient.builder()
                .region(Region.of(role.region()))
                .credentialsProvider(own)
                .httpClient(http)
                .build());
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts)
        .refreshRequest(
            r ->
                r.roleArn(role.arn())
                    .roleSessionName(role.sessionName())
                    .externalId(role.externalId()))
        .build();
  }

  private <T> T closing(T resource) {
    if (resource instanceof AutoCloseable closeable) {
      open.push(closeable);
    }
    return resource;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return provider.resolveCredentials();
    } catch (SdkClientException e) {
      throw Failures.ofNetwork(e) ? e : new NoCredentialsException(e);
    }
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      AutoCloseable next = open.pop();
      try {
        next.close();
      } catch (Exception e) { // of somebody else's class; the others are to be closed all the same
        LOG.warn("{} did not close", next.getClass().getName(), e);
      }
    }
  }

  private static AwsCredentialsProvider own(IdentitySettings settings) {
    if (settings.accessKeyId() != null) {
      return StaticCredentialsProvider.create(
          AwsBasicCredentials.create(settings.accessKeyId(), settings.secretAccessKey().value()));
    }
    // create() would give the one of the whole JVM, which is not ours to close.
    if (settings.providerClass() == null
        || settings.providerClass().equals(DefaultCredentialsProvider.class.getName())) {
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
