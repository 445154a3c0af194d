package io.crescendo.refresh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.quicksight.QuickSightClient;
import software.amazon.awssdk.services.quicksight.model.DataSetImportMode;
import software.amazon.awssdk.services.quicksight.model.DataSourceParameters;
import software.amazon.awssdk.services.quicksight.model.DataSourceType;
import software.amazon.awssdk.services.quicksight.model.InputColumn;
import software.amazon.awssdk.services.quicksight.model.InputColumnDataType;
import software.amazon.awssdk.services.quicksight.model.PhysicalTable;
import software.amazon.awssdk.services.quicksight.model.ResourcePermission;

/** QuickSight's way to Athena, and a SPICE data set for the view of each query. */
final class NeededDataSets {

  private static final List<String> SOURCE_ACTIONS =
      List.of(
          "DescribeDataSource",
          "DescribeDataSourcePermissions",
          "PassDataSource",
          "UpdateDataSource",
          "DeleteDataSource",
          "UpdateDataSourcePermissions");
  private static final List<String> SET_ACTIONS =
      List.of(
          "DescribeDataSet",
          "DescribeDataSetPermissions",
          "PassDataSet",
          "DescribeIngestion",
          "ListIngestions",
          "UpdateDataSet",
          "DeleteDataSet",
          "CreateIngestion",
          "CancelIngestion",
          "UpdateDataSetPermissions");

  private final QuickSightClient quickSight;
  private final QuickSightMarks marks;
  private final QuickSightPlace place;
  private final AwsSettings aws;

  NeededDataSets(
      QuickSightClient quickSight, QuickSightMarks marks, QuickSightPlace place, AwsSettings aws) {
    this.quickSight = quickSight;
    this.marks = marks;
    this.place = place;
    this.aws = aws;
  }

  List<Needed> of(List<Visuals.Shown> all) {
    List<Needed> needed = new ArrayList<>();
    needed.add(
        marks.needed(
            "QuickSight data source '%s'".formatted(QuickSightPlace.ID),
            source(),
            aws.workgroup(),
            this::createSource,
            this::updateSource));
    for (Visuals.Shown shown : all) {
      String id = QuickSightPlace.dataSet(shown.query());
      needed.add(
          marks.needed(
              "QuickSight data set '%s'".formatted(id),
              place.arn("dataset/" + id),
              aws.database() + shown.query().title() + shown.columns(),
              () -> createSet(id, shown),
              () -> updateSet(id, shown)));
    }
    return needed;
  }

  private String source() {
    return place.arn("datasource/" + QuickSightPlace.ID);
  }

  private DataSourceParameters parameters() {
    return DataSourceParameters.builder()
        .athenaParameters(a -> a.workGroup(aws.workgroup()))
        .build();
  }

  private void createSource() {
    ResourcePermission owned = place.owned(SOURCE_ACTIONS);
    quickSight.createDataSource(
        b ->
            b.awsAccountId(place.account())
                .dataSourceId(QuickSightPlace.ID)
                .name("Crescendo warehouse")
                .type(DataSourceType.ATHENA)
                .dataSourceParameters(parameters())
                .permissions(owned)
                .tags(QuickSightMarks.UNFINISHED));
    awaitSource();
  }

  private void updateSource() {
    quickSight.updateDataSource(
        b ->
            b.awsAccountId(place.account())
                .dataSourceId(QuickSightPlace.ID)
                .name("Crescendo warehouse")
                .dataSourceParameters(parameters()));
    awaitSource();
  }

  private void awaitSource() {
    marks.await(
        "QuickSight data source '%s'".formatted(QuickSightPlace.ID),
        () ->
            quickSight
                .describeDataSource(
                    b -> b.awsAccountId(place.account()).dataSourceId(QuickSightPlace.ID))
                .dataSource(),
        s -> s.statusAsString(),
        s -> s.errorInfo() == null ? "" : s.errorInfo().message());
  }

  private void createSet(String id, Visuals.Shown shown) {
    ResourcePermission owned = place.owned(SET_ACTIONS);
    quickSight.createDataSet(
        b ->
            b.awsAccountId(place.account())
                .dataSetId(id)
                .name(shown.query().title())
                .importMode(DataSetImportMode.SPICE)
                .physicalTableMap(Map.of("view", table(shown)))
                .permissions(owned)
                .tags(QuickSightMarks.UNFINISHED));
  }

  private void updateSet(String id, Visuals.Shown shown) {
    quickSight.updateDataSet(
        b ->
            b.awsAccountId(place.account())
                .dataSetId(id)
                .name(shown.query().title())
                .importMode(DataSetImportMode.SPICE)
                .physicalTableMap(Map.of("view", table(shown))));
  }

  private PhysicalTable table(Visuals.Shown shown) {
    return PhysicalTable.builder()
        .relationalTable(
            t ->
                t.dataSourceArn(source())
                    .catalog("AwsDataCatalog")
                    .schema(aws.database())
                    .name(CatalogView.DASHBOARD + shown.query().name())
                    .inputColumns(shown.columns().stream().map(NeededDataSets::input).toList()))
        .build();
  }

  private static InputColumn input(Column column) {
    InputColumnDataType type = InputColumnDataType.STRING;
    if (column.type().equals("bigint") || column.type().equals("integer")) {
      type = InputColumnDataType.INTEGER;
    } else if (Visuals.isNumber(column)) {
      type = InputColumnDataType.DECIMAL;
    } else if (Visuals.isTime(column)) {
      type = InputColumnDataType.DATETIME;
    } else if (column.type().equals("boolean")) {
      type = InputColumnDataType.BIT;
    }
    return InputColumn.builder().name(column.name()).type(type).build();
  }
}
