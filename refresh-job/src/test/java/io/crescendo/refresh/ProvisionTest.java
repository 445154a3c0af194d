package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.trino.sql.parser.SqlParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ProvisionTest {

  private static final String OWNER =
      "arn:aws:quicksight:us-east-1:123456789012:user/default/analyst";

  @TempDir private Path directory;
  private ScriptedAws aws;
  private StringWriter out;
  private StringWriter err;

  @BeforeEach
  void start() {
    aws = new ScriptedAws();
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private int provision(String... more) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String service : List.of("s3", "glue", "athena", "quicksight")) {
      options.put("--" + service + "-endpoint", aws.endpoint().toString());
    }
    options.put("--work-dir", directory.toString());
    options.put("--glue-crawler-role", "crawler");
    options.put("--athena-workgroup", "crescendo");
    options.put("--athena-output", "s3://results/athena/");
    options.put("--aws-account", ScriptedAws.ACCOUNT);
    options.put("--quicksight-owner", OWNER);
    for (String option : more) {
      String[] parts = option.split("=", 2);
      options.put(parts[0], parts.length == 1 ? "true" : parts[1]);
    }
    out = new StringWriter();
    err = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of("provision"));
    options.forEach((name, value) -> arguments.add(name + "=" + value));
    return new CommandLine(new RefreshCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }

  private void everything() {
    assertThat(provision()).as(() -> err.toString()).isZero();
  }

  private static boolean writes(String action) {
    return action.matches("\\w+:(Create|Update|Put|Tag|Delete).*");
  }

  @Test
  void makesEverythingOfAnEmptyAccount() {
    everything();

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
    assertThat(out.toString())
        .contains("create        bucket 'staging'")
        .contains("note          there is no table 'artists' yet")
        .endsWith("%d changes made%n".formatted(out.toString().lines().count() - 4));
  }

  @Test
  void changesNothingTheSecondTime() {
    everything();
    int calls = aws.calls("glue:CreateTable").size();

    everything();

    assertThat(out.toString()).contains("unchanged     bucket").endsWith("0 changes made\n");
    assertThat(out.toString()).doesNotContain("create ").doesNotContain("update ");
    assertThat(aws.calls("glue:CreateTable")).hasSize(calls);
  }

  @Test
  void sendsNoWritingCallOnADryRun() {
    assertThat(provision("--dry-run")).isZero();

    assertThat(out.toString())
        .contains("would create  bucket 'warehouse'")
        .contains("would create  QuickSight dashboard 'crescendo'")
        .contains(" changes would be made");
    assertThat(aws.actions()).isNotEmpty().noneMatch(ProvisionTest::writes);
  }

  @Test
  void correctsWhatDiffers() {
    everything();
    aws.buckets
        .buckets
        .get("results")
        .put("access", "<X><BlockPublicAcls>true</BlockPublicAcls></X>");
    aws.glue.crawler.put("Configuration", "{}");
    provision("--athena-output=s3://results/other/");

    assertThat(out.toString())
        .contains("update        public access block of bucket 'results'")
        .contains("update        Glue crawler 'crescendo'")
        .contains("update        Athena workgroup 'crescendo'")
        .endsWith("3 changes made\n");
    provision("--athena-output=s3://results/other/");
    assertThat(out.toString()).endsWith("0 changes made\n");
  }

  @Test
  void buildsViewsOverTheTablesOnceACrawlHasFoundThem() {
    everything();
    assertThat(sql("artists_latest")).contains("WHERE false");
    aws.glue.tables =
        List.of(
            Map.of(
                "Name",
                "artists",
                "StorageDescriptor",
                Map.of(
                    "Location",
                    "s3://warehouse/tables/artists/",
                    "Columns",
                    KnownTables.columns().get("artists").stream()
                        .map(c -> Map.of("Name", c.name(), "Type", HiveTypes.fromTrino(c.type())))
                        .toList()),
                "PartitionKeys",
                List.of(),
                "Parameters",
                Map.of()));

    everything();

    assertThat(sql("artists_latest")).doesNotContain("WHERE false");
    assertThat(out.toString())
        .contains("update        view 'artists_latest'")
        .contains("unchanged     view 'dashboard_rejects_by_reason'")
        .contains("unchanged     QuickSight data set 'crescendo-totals'")
        .doesNotContain("no table 'artists' yet")
        .contains("there is no table 'artist_rejects' yet");
  }

  /** SQL of a view, out of the document that Athena reads. */
  private String sql(String view) {
    String text = aws.glue.views.get(view).get("ViewOriginalText").asText();
    assertThat(text).startsWith("/* Presto View: ").endsWith(" */");
    byte[] json = Base64.getDecoder().decode(text.substring(16, text.length() - 3));
    return Json.read(new String(json, StandardCharsets.UTF_8), JsonNode.class)
        .get("originalSql")
        .asText();
  }

  @Test
  void writesViewsThatTrinoReadsWithTheTypesThatTheyState() {
    everything();

    for (String view : aws.glue.views.keySet()) {
      assertThatCode(() -> new SqlParser().createStatement(sql(view)))
          .as(view)
          .doesNotThrowAnyException();
    }
    assertThat(aws.glue.views.get("artists_latest").at("/StorageDescriptor/Columns").toString())
        .contains("{\"Name\":\"genres\",\"Type\":\"array<string>\"}")
        .contains("{\"Name\":\"observed_at\",\"Type\":\"timestamp\"}");
    assertThat(sql("artists_latest")).contains("CAST(\"genres\" AS array(varchar)) AS \"genres\"");
    aws.glue.views.forEach(
        (name, view) -> {
          if (name.startsWith("dashboard_")) {
            assertThat(view.at("/StorageDescriptor/Columns").toString())
                .as("SPICE reads flat columns only")
                .doesNotContain("array<");
          }
        });
  }

  @Test
  void showsTheChartThatEachQueryNames() {
    everything();

    JsonNode sheet = aws.assets.made.get("dashboards/crescendo").at("/Definition/Sheets/0/Visuals");
    Map<Query.Chart, String> visuals =
        Map.of(
            Query.Chart.BAR, "BarChartVisual",
            Query.Chart.HISTOGRAM, "BarChartVisual",
            Query.Chart.SCATTER, "ScatterPlotVisual",
            Query.Chart.LINE, "LineChartVisual",
            Query.Chart.TABLE, "TableVisual",
            Query.Chart.TILES, "KPIVisual");
    for (Query query : Queries.bundled()) {
      assertThat(sheet)
          .filteredOn(v -> v.toString().contains("\"DataSetIdentifier\":\"" + query.name() + "\""))
          .as(query.name())
          .anyMatch(v -> v.has(visuals.get(query.chart())));
    }
    assertThat(sheet.toString())
        .contains("{\"DataSetIdentifier\":\"genre_trend\",\"ColumnName\":\"day\"}");
  }

  @Test
  void showsEachTotalAsAFigureOfItsOwn() {
    everything();

    JsonNode sheet = aws.assets.made.get("dashboards/crescendo").at("/Definition/Sheets/0/Visuals");
    assertThat(sheet)
        .extracting(v -> v.at("/KPIVisual/VisualId").asText())
        .contains("totals-artists", "totals-rejected", "artists-without-genre-share-of-artists");
    assertThat(sheet)
        .extracting(v -> v.at("/KPIVisual/Title/FormatText/PlainText").asText())
        .contains("Totals: followers total");
    assertThat(sheet)
        .filteredOn(v -> v.at("/TableVisual/VisualId").asText().equals("totals"))
        .as("a time is no number")
        .singleElement()
        .satisfies(
            v ->
                assertThat(v.findValuesAsText("ColumnName")).containsExactly("newest_observation"));
    assertThat(sheet).as("QuickSight takes no more on a sheet").hasSizeLessThanOrEqualTo(50);
  }

  @Test
  void publishesTheNewVersionOfADashboard() {
    everything();
    aws.assets.made.remove("dashboards/crescendo");
    everything();
    assertThat(aws.assets.published).isEqualTo(2);

    // the mark is that of another definition
    aws.assets.changeTags();
    everything();

    assertThat(out.toString()).contains("update        QuickSight dashboard 'crescendo'");
    assertThat(aws.assets.published).isEqualTo(3);
  }

  @Test
  void makesAgainWhatQuickSightCouldNotMake() {
    aws.assets.outcome = "CREATION_FAILED";
    assertThat(provision()).isEqualTo(5);
    assertThat(err.toString())
        .contains("QuickSight data source 'crescendo' ended CREATION_FAILED: no access")
        .contains("what comes after it was left alone");
    aws.assets.outcome = "CREATION_SUCCESSFUL";

    everything();

    assertThat(out.toString()).contains("update        QuickSight data source 'crescendo'");
  }

  @Test
  void leavesQuickSightAloneWithoutAnOwner() {
    assertThat(provision("--quicksight-owner=")).isZero();

    assertThat(aws.assets.made).isEmpty();
    assertThat(aws.actions()).noneMatch(a -> a.startsWith("quicksight:"));
  }

  @Test
  void saysWhatCouldNotBeMade() {
    aws.refuse("glue:CreateCrawler", 9, 400, "AccessDeniedException", "no PassRole");

    assertThat(provision()).isEqualTo(5);
    assertThat(err.toString())
        .contains(
            "Glue crawler 'crescendo' could not be created: AccessDeniedException: no PassRole")
        .contains("what comes after it was left alone");
    assertThat(aws.glue.views).isEmpty();
  }

  @Test
  void namesEveryProblemAtOnce() {
    assertThat(
            provision(
                "--staging-bucket=X",
                "--quicksight-owner=me",
                "--athena-output=",
                "--athena-workgroup=primary",
                "--aws-account="))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("5 problems:")
        .contains("--staging-bucket must be an S3 bucket name")
        .contains("--quicksight-owner must be the ARN of a QuickSight user or group, got 'me'")
        .contains("--athena-output must be given")
        .contains("--athena-workgroup must be a workgroup of its own, got 'primary'")
        .contains("--aws-account must be given with --quicksight-owner");
  }

  @Test
  void refusesToReplaceATableThatHasTheNameOfAView() {
    everything();
    JsonNode table = Json.read("{\"TableType\":\"EXTERNAL_TABLE\"}", JsonNode.class);
    aws.glue.views.put("artists_latest", table);

    assertThat(provision()).isEqualTo(5);

    assertThat(err.toString())
        .contains("View 'artists_latest' of Glue database 'crescendo' must be absent or of")
        .contains("it was not changed, and what comes after it was left alone");
    assertThat(aws.glue.views).containsEntry("artists_latest", table);
  }

  @Test
  void refusesToReplaceADashboardWithoutItsTag() {
    everything();
    aws.assets.loseTags("dashboards/crescendo");

    assertThat(provision()).isEqualTo(5);

    assertThat(err.toString())
        .contains("QuickSight dashboard 'crescendo' must be absent or of this command's making")
        .contains("without the tag 'crescendo:definition'");
    assertThat(aws.calls("quicksight:UpdateDashboard")).isEmpty();
  }

  @Test
  void refusesToChangeAWorkgroupThatSomebodyElseMade() {
    everything();
    aws.athena.description = "Accounting";

    assertThat(provision("--athena-output=s3://results/other/")).isEqualTo(5);

    assertThat(err.toString())
        .contains("Athena workgroup 'crescendo' must be absent or of this command's making")
        .contains("described as 'Accounting'");
    assertThat(aws.calls("athena:UpdateWorkGroup")).isEmpty();
    assertThat(provision()).isZero();
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
    everything();
    aws.assets.changeTags();
    aws.buckets.buckets.get("results").remove("access");
    aws.glue.crawler.put("Configuration", "{}");
    for (String view : List.copyOf(aws.glue.views.keySet())) {
      aws.glue.views.put(
          view, Json.read("{\"ViewOriginalText\":\"/* Presto View: x */\"}", JsonNode.class));
    }
    provision("--athena-output=s3://results/other/");

    Set<String> allowed = new TreeSet<>(Policy.read("provision").calls());
    assertThat(aws.actions()).isEqualTo(allowed);
  }
}
