package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwsSettingsTest {

  @Test
  void nameEveryProblemAtOnce() {
    assertThatThrownBy(
            () ->
                new AwsSettings(
                    "",
                    new AwsSettings.Endpoints(URI.create("ftp://x"), null, URI.create("nohost")),
                    "My-Database",
                    "",
                    "arn:aws:iam::1:user/x y",
                    AwsSettings.Recrawl.everything,
                    List.of("a/b"),
                    "a b",
                    "results/athena",
                    "12",
                    List.of("bad id")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("11 problems:")
        .hasMessageContaining("AWS region must be given: a region such as eu-central-1")
        .hasMessageContaining("Glue database must be 1 to 255 of a-z, 0-9, '_', got 'My-Database'")
        .hasMessageContaining("Glue crawler must be given")
        .hasMessageContaining("Glue crawler role must be the name or ARN of an IAM role, got")
        .hasMessageContaining("Glue folder must be a folder's name without '/', got 'a/b'")
        .hasMessageContaining("Athena workgroup must be")
        .hasMessageContaining("Athena output location must be an S3 prefix that ends in '/'")
        .hasMessageContaining("AWS account must be 12 digits")
        .hasMessageContaining("QuickSight data set must be letters, digits, '_-', got 'bad id'")
        .hasMessageContaining(
            "Glue endpoint must be an http or https URI with a host, got 'ftp://x'")
        .hasMessageContaining("QuickSight endpoint must be");
  }

  @Test
  void needNoAccountWithoutDataSets() {
    AwsSettings settings =
        new AwsSettings(
            "eu-central-1",
            AwsSettings.Endpoints.AWS,
            AwsSettings.DEFAULT_NAME,
            AwsSettings.DEFAULT_NAME,
            "",
            AwsSettings.Recrawl.new_folders,
            AwsSettings.DEFAULT_FOLDERS,
            AwsSettings.DEFAULT_WORKGROUP,
            "",
            "",
            List.of());

    assertThat(settings.folders()).containsExactly("artists", "genre-followers", "artist-rejects");
  }
}
