package io.crescendo.connect.s3.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.connect.s3.config.SinkConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Metadata of an object, as answers of stores and proxies name it. */
class MetadataNamesTest {

  @Test
  void areTheSameInAnyCase() throws Exception {
    try (RawServer server =
            new RawServer(
                (head, client) ->
                    RawServer.say(
                        client, "200 OK", "X-Amz-Meta-Last-Offset: 9", "X-AMZ-META-UPLOAD: u"));
        S3ObjectStore store = store(server)) {
      Map<String, String> metadata = store.metadata("key").orElseThrow();
      assertThat(metadata.get("last-offset")).isEqualTo("9");
      assertThat(metadata.get("upload")).isEqualTo("u");
    }
  }

  private static S3ObjectStore store(RawServer server) {
    return new S3ObjectStore(
        SinkConfig.settings(
                Map.of(
                    "s3.bucket.name", "warehouse",
                    "flush.size", "1",
                    "store.url", server.endpoint().toString(),
                    "s3.part.retries", "0",
                    "aws.access.key.id", "key",
                    "aws.secret.access.key", "secret"))
            .store());
  }
}
