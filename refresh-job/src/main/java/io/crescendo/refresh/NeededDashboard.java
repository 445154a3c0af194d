package io.crescendo.refresh;

import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.quicksight.QuickSightClient;
import software.amazon.awssdk.services.quicksight.model.AnalysisDefinition;
import software.amazon.awssdk.services.quicksight.model.DashboardVersionDefinition;
import software.amazon.awssdk.services.quicksight.model.DataSetIdentifierDeclaration;
import software.amazon.awssdk.services.quicksight.model.ResourcePermission;

/** The QuickSight analysis, and the dashboard that is published from the same definition. */
final class NeededDashboard {

  private static final String NAME = "Crescendo";
  private static final String ID = QuickSightPlace.ID;
  private static final List<String> ANALYSIS_ACTIONS =
      List.of(
          "RestoreAnalysis",
          "UpdateAnalysisPermissions",
          "DeleteAnalysis",
          "DescribeAnalysisPermissions",
          "QueryAnalysis",
          "DescribeAnalysis",
          "UpdateAnalysis");
  private static final List<String> DASHBOARD_ACTIONS =
      List.of(
          "DescribeDashboard",
          "ListDashboardVersions",
          "UpdateDashboardPermissions",
          "QueryDashboard",
          "UpdateDashboard",
          "DeleteDashboard",
          "DescribeDashboardPermissions",
          "UpdateDashboardPublishedVersion");

  private final QuickSightClient quickSight;
  private final QuickSightMarks marks;
  private final QuickSightPlace place;

  NeededDashboard(QuickSightClient quickSight, QuickSightMarks marks, QuickSightPlace place) {
    this.quickSight = quickSight;
    this.marks = marks;
    this.place = place;
  }

  List<Needed> of(List<Visuals.Shown> all) {
    String definition = all.toString();
    return List.of(
        marks.needed(
            "QuickSight analysis '%s'".formatted(ID),
            place.arn("analysis/" + ID),
            definition,
            () -> createAnalysis(all),
            () -> updateAnalysis(all)),
        marks.needed(
            "QuickSight dashboard '%s'".formatted(ID),
            place.arn("dashboard/" + ID),
            definition,
            () -> createDashboard(all),
            () -> updateDashboard(all)));
  }

  private List<DataSetIdentifierDeclaration> declarations(List<Visuals.Shown> all) {
    return all.stream()
        .map(
            shown ->
                DataSetIdentifierDeclaration.builder()
                    .identifier(shown.query().name())
                    .dataSetArn(place.arn("dataset/" + QuickSightPlace.dataSet(shown.query())))
                    .build())
        .toList();
  }

  private AnalysisDefinition analysis(List<Visuals.Shown> all) {
    return AnalysisDefinition.builder()
        .dataSetIdentifierDeclarations(declarations(all))
        .sheets(Visuals.sheet(all))
        .build();
  }

  private DashboardVersionDefinition dashboard(List<Visuals.Shown> all) {
    return DashboardVersionDefinition.builder()
        .dataSetIdentifierDeclarations(declarations(all))
        .sheets(Visuals.sheet(all))
        .build();
  }

  private void createAnalysis(List<Visuals.Shown> all) {
    ResourcePermission owned = place.owned(ANALYSIS_ACTIONS);
    quickSight.createAnalysis(
        b ->
            b.awsAccountId(place.account())
                .analysisId(ID)
                .name(NAME)
                .definition(analysis(all))
                .permissions(owned)
                .tags(QuickSightMarks.UNFINISHED));
    awaitAnalysis();
  }

  private void updateAnalysis(List<Visuals.Shown> all) {
    quickSight.updateAnalysis(
        b -> b.awsAccountId(place.account()).analysisId(ID).name(NAME).definition(analysis(all)));
    awaitAnalysis();
  }

  private void awaitAnalysis() {
    marks.await(
        "QuickSight analysis '%s'".formatted(ID),
        () ->
            quickSight
                .describeAnalysis(b -> b.awsAccountId(place.account()).analysisId(ID))
                .analysis(),
        a -> a.statusAsString(),
        a -> a.errors().stream().map(e -> e.message()).collect(Collectors.joining("; ")));
  }

  private void createDashboard(List<Visuals.Shown> all) {
    ResourcePermission owned = place.owned(DASHBOARD_ACTIONS);
    quickSight.createDashboard(
        b ->
            b.awsAccountId(place.account())
                .dashboardId(ID)
                .name(NAME)
                .definition(dashboard(all))
                .permissions(owned)
                .tags(QuickSightMarks.UNFINISHED));
    awaitDashboard(null);
  }

  /** An update is a new version, which nobody sees before it is published. */
  private void updateDashboard(List<Visuals.Shown> all) {
    String arn =
        quickSight
            .updateDashboard(
                b ->
                    b.awsAccountId(place.account())
                        .dashboardId(ID)
                        .name(NAME)
                        .definition(dashboard(all)))
            .versionArn();
    long version = Long.parseLong(arn.substring(arn.lastIndexOf('/') + 1));
    awaitDashboard(version);
    quickSight.updateDashboardPublishedVersion(
        b -> b.awsAccountId(place.account()).dashboardId(ID).versionNumber(version));
  }

  private void awaitDashboard(Long version) {
    marks.await(
        "QuickSight dashboard '%s'".formatted(ID),
        () ->
            quickSight
                .describeDashboard(
                    b -> b.awsAccountId(place.account()).dashboardId(ID).versionNumber(version))
                .dashboard()
                .version(),
        v -> v.statusAsString(),
        v -> v.errors().stream().map(e -> e.message()).collect(Collectors.joining("; ")));
  }
}
