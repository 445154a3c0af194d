package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.trino.sql.parser.SqlParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The views that provisioning makes in the catalog. */
class ProvisionedViewsTest {

  @AutoClose private ProvisionedAccount account;
  private ScriptedAws aws;

  @BeforeEach
  void start(@TempDir Path directory) {
    account = new ProvisionedAccount(directory);
    aws = account.aws;
  }

  @Test
  void buildsViewsOverTheTablesOnceACrawlHasFoundThem() {
    account.everything();
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

    account.everything();

    assertThat(sql("artists_latest")).doesNotContain("WHERE false");
    assertThat(account.out())
        .contains("update        view 'artists_latest'")
        .contains("unchanged     view 'dashboard_rejects_by_reason'")
        .contains("unchanged     QuickSight data set 'crescendo-totals'")
        .doesNotContain("no table 'artists' yet")
        .contains("there is no table 'artist_rejects' yet");
  }

  @Test
  void writesViewsThatTrinoReadsWithTheTypesThatTheyState() {
    account.everything();

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
  void refusesToReplaceATableThatHasTheNameOfAView() {
    account.everything();
    JsonNode table = Json.read("{\"TableType\":\"EXTERNAL_TABLE\"}", JsonNode.class);
    aws.glue.views.put("artists_latest", table);

    assertThat(account.provision()).isEqualTo(5);

    assertThat(account.err())
        .contains("View 'artists_latest' of Glue database 'crescendo' must be absent or of")
        .contains("it was not changed, and what comes after it was left alone");
    assertThat(aws.glue.views).containsEntry("artists_latest", table);
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
}
