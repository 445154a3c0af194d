package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What provisioning makes in QuickSight. */
class ProvisionedDashboardTest {

  @AutoClose private ProvisionedAccount account;
  private ScriptedAws aws;

  @BeforeEach
  void start(@TempDir Path directory) {
    account = new ProvisionedAccount(directory);
    aws = account.aws;
  }

  @Test
  void showsTheChartThatEachQueryNames() {
    account.everything();

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
    account.everything();

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
    account.everything();
    aws.assets.made.remove("dashboards/crescendo");
    account.everything();
    assertThat(aws.assets.published).isEqualTo(2);

    // the mark is that of another definition
    aws.assets.changeTags();
    account.everything();

    assertThat(account.out()).contains("update        QuickSight dashboard 'crescendo'");
    assertThat(aws.assets.published).isEqualTo(3);
  }

  @Test
  void makesAgainWhatQuickSightCouldNotMake() {
    aws.assets.outcome = "CREATION_FAILED";
    assertThat(account.provision()).isEqualTo(5);
    assertThat(account.err())
        .contains("QuickSight data source 'crescendo' ended CREATION_FAILED: no access")
        .contains("what comes after it was left alone");
    aws.assets.outcome = "CREATION_SUCCESSFUL";

    account.everything();

    assertThat(account.out()).contains("update        QuickSight data source 'crescendo'");
  }

  @Test
  void leavesQuickSightAloneWithoutAnOwner() {
    assertThat(account.provision("--quicksight-owner=")).isZero();

    assertThat(aws.assets.made).isEmpty();
    assertThat(aws.actions()).noneMatch(a -> a.startsWith("quicksight:"));
  }

  @Test
  void refusesToReplaceADashboardWithoutItsTag() {
    account.everything();
    aws.assets.loseTags("dashboards/crescendo");

    assertThat(account.provision()).isEqualTo(5);

    assertThat(account.err())
        .contains("QuickSight dashboard 'crescendo' must be absent or of this command's making")
        .contains("without the tag 'crescendo:definition'");
    assertThat(aws.calls("quicksight:UpdateDashboard")).isEmpty();
  }
}
