package io.crescendo.connect.s3.store;

import static io.crescendo.connect.s3.store.ObjectStoreContract.METADATA;
import static org.assertj.core.api.Assertions.assertThat;

import io.crescendo.connect.s3.config.SinkConfig;
import io.crescendo.connect.s3.store.ScriptedS3.Request;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store is sent to check the parts of an object by. */
class PartChecksumTest {

  private static final String AWS_ENDPOINT = "aws.endpointUrlS3";

  private ScriptedS3 s3;

  @BeforeEach
  void start() throws IOException {
    s3 = new ScriptedS3();
  }

  @AfterEach
  void stop() {
    s3.close();
    System.clearProperty(AWS_ENDPOINT);
  }

  @Test
  void tellsAwsOfTheChecksumsOfPartsFromTheBeginningOfAnUploadToItsEnd() {
    System.setProperty(AWS_ENDPOINT, s3.endpoint().toString());
    create();
    List<Request> requests = s3.requests();
    assertThat(requests).extracting(Request::method).containsExactly("POST", "PUT", "PUT", "POST");
    assertThat(requests.get(0).header("x-amz-checksum-algorithm")).isEqualTo("CRC32");
    assertThat(requests.subList(1, 3))
        .allSatisfy(
            part -> assertThat(part.header("x-amz-trailer")).isEqualTo("x-amz-checksum-crc32"));
    String checksum = "<ChecksumCRC32>" + ScriptedS3.CHECKSUM + "</ChecksumCRC32>";
    assertThat(requests.get(3).body().split(checksum, -1)).as("one for each part").hasSize(3);
  }

  @Test
  void sparesOtherStoresChecksumsThatTheyMayNotKnow() {
    create("store.url", s3.endpoint().toString());
    assertThat(s3.requests())
        .hasSize(4)
        .allSatisfy(
            request -> {
              assertThat(request.headers().keySet())
                  .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("checksum"));
              assertThat(request.header("x-amz-trailer")).isNull();
              assertThat(request.body()).doesNotContain("Checksum");
            });
  }

  private static void create(String... more) {
    try (S3ObjectStore store =
        new S3ObjectStore(SinkConfig.settings(ScriptedS3.properties(more)).store())) {
      assertThat(
              store.create(
                  "key", InMemoryObjectStore.content(new byte[ScriptedS3.PART + 1]), METADATA))
          .isTrue();
    }
  }
}
