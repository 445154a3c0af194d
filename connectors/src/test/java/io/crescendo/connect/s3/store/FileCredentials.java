package io.crescendo.connect.s3.store;

import java.util.Map;
import org.apache.kafka.common.Configurable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** A provider that is configured with its key. */
public final class FileCredentials implements AwsCredentialsProvider, Configurable {

  private String key;

  @Override
  public void configure(Map<String, ?> configs) {
    key = configs.get("key") + "/" + configs.size();
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return AwsBasicCredentials.create(key, "secret");
  }
}
