package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisionTest {

  @AutoClose private ProvisionedAccount account;
  private ScriptedAws aws;

  @BeforeEach
  void start(@TempDir Path directory) {
    account = new ProvisionedAccount(directory);
    aws = account.aws;
  }

  @Test
  void makesEverythingOfAnEmptyAccount() {
    account.everything();

    assertThat(aws.buckets.buckets).containsOnlyKeys("staging", "warehouse", "results");
    assertThat(aws.buckets.buckets.values())
        .allSatisfy(
            bucket -> {
              assertThat(bucket.get("encryption")).contains("<SSEAlgorithm>AES256<");
              assertThat(bucket.get("access"))
                  .contains("<BlockPublicAcls>true<", "<IgnorePublicAcls>true<")
                  .contains("<BlockPublicPolicy>true<", "<RestrictPublicBuckets>true<");
            });
    assertThat(aws.glue.database).isTrue();
    assertThat(aws.glue.crawler.at("/Targets/S3Targets")).hasSize(3);
    assertThat(
            aws.athena.workgroup.at("/Configuration/ResultConfiguration/OutputLocation").asText())
        .isEqualTo("s3://results/athena/");
    assertThat(aws.glue.views.keySet())
        .containsAll(Views.bundled().keySet())
        .contains("dashboard_totals")
        .hasSize(Views.bundled().size() + Queries.bundled().size());
    assertThat(aws.assets.made.keySet())
        .contains("data-sources/crescendo", "data-sets/crescendo-top-artists-by-followers")
        .contains("analyses/crescendo", "dashboards/crescendo")
        .hasSize(Queries.bundled().size() + 3);
    assertThat(account.out())
        .contains("create        bucket 'staging'")
        .contains("note          there is no table 'artists' yet")
        .endsWith("%d changes made%n".formatted(account.out().lines().count() - 4));
  }

  @Test
  void changesNothingTheSecondTime() {
    account.everything();
    int calls = aws.calls("glue:CreateTable").size();

    account.everything();

    assertThat(account.out()).contains("unchanged     bucket").endsWith("0 changes made\n");
    assertThat(account.out()).doesNotContain("create ").doesNotContain("update ");
    assertThat(aws.calls("glue:CreateTable")).hasSize(calls);
  }

  @Test
  void sendsNoWritingCallOnADryRun() {
    assertThat(account.provision("--dry-run")).isZero();

    assertThat(account.out())
        .contains("would create  bucket 'warehouse'")
        .contains("would create  QuickSight dashboard 'crescendo'")
        .contains(" changes would be made");
    assertThat(aws.actions()).isNotEmpty().noneMatch(ProvisionTest::writes);
  }

  @Test
  void correctsWhatDiffers() {
    account.everything();
    aws.buckets
        .buckets
        .get("results")
        .put("access", "<X><BlockPublicAcls>true</BlockPublicAcls></X>");
    aws.glue.crawler.put("Configuration", "{}");
    account.provision("--athena-output=s3://results/other/");

    assertThat(account.out())
        .contains("update        public access block of bucket 'results'")
        .contains("update        Glue crawler 'crescendo'")
        .contains("update        Athena workgroup 'crescendo'")
        .endsWith("3 changes made\n");
    account.provision("--athena-output=s3://results/other/");
    assertThat(account.out()).endsWith("0 changes made\n");
  }

  @Test
  void saysWhatCouldNotBeMade() {
    aws.refuse("glue:CreateCrawler", 9, 400, "AccessDeniedException", "no PassRole");

    assertThat(account.provision()).isEqualTo(5);
    assertThat(account.err())
        .contains(
            "Glue crawler 'crescendo' could not be created: AccessDeniedException: no PassRole")
        .contains("what comes after it was left alone");
    assertThat(aws.glue.views).isEmpty();
  }

  @Test
  void namesEveryProblemAtOnce() {
    assertThat(
            account.provision(
                "--staging-bucket=X",
                "--quicksight-owner=me",
                "--athena-output=",
                "--athena-workgroup=primary",
                "--aws-account="))
        .isEqualTo(2);
    assertThat(account.err())
        .contains("5 problems:")
        .contains("--staging-bucket must be an S3 bucket name")
        .contains("--quicksight-owner must be the ARN of a QuickSight user or group, got 'me'")
        .contains("--athena-output must be given")
        .contains("--athena-workgroup must be a workgroup of its own, got 'primary'")
        .contains("--aws-account must be given with --quicksight-owner");
  }

  @Test
  void refusesToChangeAWorkgroupThatSomebodyElseMade() {
    account.everything();
    aws.athena.description = "Accounting";

    assertThat(account.provision("--athena-output=s3://results/other/")).isEqualTo(5);

    assertThat(account.err())
        .contains("Athena workgroup 'crescendo' must be absent or of this command's making")
        .contains("described as 'Accounting'");
    assertThat(aws.calls("athena:UpdateWorkGroup")).isEmpty();
    assertThat(account.provision()).isZero();
  }

  @Test
  void beginsNothingAfterItsDeadline() {
    TestClock clock = new TestClock();
    List<String> said = new ArrayList<>();
    Needed slow =
        new Needed(
            "bucket 'slow'",
            () -> {
              clock.advance(Duration.ofMinutes(2));
              return Needed.State.same;
            },
            () -> {},
            () -> {});

    assertThatThrownBy(
            () ->
                Provisioning.carryOut(
                    List.of(slow, slow),
                    Deadline.in(Duration.ofMinutes(1), clock),
                    false,
                    said::add))
        .isInstanceOf(DeadlineException.class)
        .hasMessageStartingWith("Provisioning, which comes to bucket 'slow', had not finished");
    assertThat(said).containsExactly("unchanged     bucket 'slow'");
  }

  @Test
  void needsExactlyTheRightsOfItsPolicy() throws Exception {
    account.everything();
    aws.assets.changeTags();
    aws.buckets.buckets.get("results").remove("access");
    aws.glue.crawler.put("Configuration", "{}");
    for (String view : List.copyOf(aws.glue.views.keySet())) {
      aws.glue.views.put(
          view, Json.read("{\"ViewOriginalText\":\"/* Presto View: x */\"}", JsonNode.class));
    }
    account.provision("--athena-output=s3://results/other/");

    Set<String> allowed = new TreeSet<>(Policy.read("provision").calls());
    assertThat(aws.actions()).isEqualTo(allowed);
  }

  private static boolean writes(String action) {
    return action.matches("\\w+:(Create|Update|Put|Tag|Delete).*");
  }
}
