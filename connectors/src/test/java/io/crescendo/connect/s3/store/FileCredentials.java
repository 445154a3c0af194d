package io.crescendo.connect.s3.store;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.Configurable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** A provider that is configured with its key. */
public final class FileCredentials implements AwsCredentialsProvider, Configurable, AutoCloseable {

  private static final AtomicInteger OPEN = new AtomicInteger();

  private String key;

  /** How many are configured and not closed. */
  static int open() {
    return OPEN.get();
  }

  @Override
  public void configure(Map<String, ?> configs) {
    key = configs.get("key") + "/" + configs.size();
    OPEN.incrementAndGet();
  }

  @Override
  public void close() {
    OPEN.decrementAndGet();
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return AwsBasicCredentials.create(key, "secret");
  }
}
