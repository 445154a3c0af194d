package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class NeededBucketsTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "403, \"bucket 'taken' belongs to another account, or s3:ListBucket on it is missing: \"",
        "301, \"bucket 'taken' lies in another region than 'eu-west-1': \""
      })
  void saysWhyABucketCannotBeUsed(int status, String why) {
    try (ScriptedAws aws = new ScriptedAws();
        S3Client s3 =
            S3Client.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.EU_WEST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(TestStore.KEY, TestStore.SECRET)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
      aws.buckets.unusable.put("taken", status);
      Needed bucket = new NeededBuckets(s3, "eu-west-1").of(List.of("taken")).get(0);

      assertThatThrownBy(() -> bucket.look().get())
          .isInstanceOf(RefreshException.class)
          .hasMessageStartingWith(why)
          .hasMessageContaining("HTTP " + status)
          .hasMessageNotContaining("null:")
          .hasMessageEndingWith(
              "; it and what comes after it were left alone; choose another name");
    }
  }
}
