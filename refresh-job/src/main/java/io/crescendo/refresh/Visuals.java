package io.crescendo.refresh;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.quicksight.model.BarChartOrientation;
import software.amazon.awssdk.services.quicksight.model.ColumnIdentifier;
import software.amazon.awssdk.services.quicksight.model.DimensionField;
import software.amazon.awssdk.services.quicksight.model.MeasureField;
import software.amazon.awssdk.services.quicksight.model.SheetDefinition;
import software.amazon.awssdk.services.quicksight.model.SimpleNumericalAggregationFunction;
import software.amazon.awssdk.services.quicksight.model.UnaggregatedField;
import software.amazon.awssdk.services.quicksight.model.Visual;

/**
 * The visuals of the QuickSight dashboard: for each query the chart that its file names, as on the
 * built-in page. Columns take their parts by type, in the order of the query: the first word or day
 * is the axis, the next word the series, the first number the value.
 */
final class Visuals {

  private static final Set<String> NUMBERS = Set.of("bigint", "integer", "double", "real");

  private Visuals() {}

  /**
   * A query with its columns.
   *
   * @param query the query
   * @param columns what its view gives
   */
  record Shown(Query query, List<Column> columns) {}

  static SheetDefinition sheet(List<Shown> all) {
    return SheetDefinition.builder()
        .sheetId("artists")
        .name("Artists")
        .visuals(all.stream().flatMap(Visuals::visuals).toList())
        .build();
  }

  static boolean isNumber(Column column) {
    return NUMBERS.contains(column.type()) || column.type().startsWith("decimal");
  }

  static boolean isTime(Column column) {
    return column.type().equals("date") || column.type().startsWith("timestamp");
  }

  private static Stream<Visual> visuals(Shown shown) {
    return shown.query().chart() == Query.Chart.TILES ? tiles(shown) : Stream.of(chart(shown));
  }

  /** A figure for each number; what else there is, such as a time, in a table. */
  private static Stream<Visual> tiles(Shown shown) {
    List<Column> others = shown.columns().stream().filter(c -> !isNumber(c)).toList();
    return Stream.concat(
        shown.columns().stream().filter(Visuals::isNumber).map(c -> figure(shown, c)),
        others.isEmpty() ? Stream.of() : Stream.of(table(new Shown(shown.query(), others))));
  }

  private static Visual chart(Shown shown) {
    Column axis = first(shown, c -> isTime(c) || !isNumber(c));
    Column value = first(shown, Visuals::isNumber);
    boolean drawable = axis != null && value != null;
    return switch (shown.query().chart()) {
      case BAR -> drawable ? bar(shown, axis, value, BarChartOrientation.HORIZONTAL) : table(shown);
      case HISTOGRAM ->
          drawable
              ? bar(shown, axis, number(shown, "artists", value), BarChartOrientation.VERTICAL)
              : table(shown);
      case LINE -> drawable ? line(shown, value) : table(shown);
      case SCATTER -> scatter(shown);
      case TILES, TABLE -> table(shown);
    };
  }

  private static Column first(Shown shown, Predicate<Column> is) {
    return shown.columns().stream().filter(is).findFirst().orElse(null);
  }

  private static Column number(Shown shown, String name, Column otherwise) {
    Column named = first(shown, c -> c.name().equals(name) && isNumber(c));
    return named == null ? otherwise : named;
  }

  private static Visual figure(Shown shown, Column value) {
    return Visual.builder()
        .kpiVisual(
            v ->
                v.visualId(id(shown) + "-" + value.name().replace('_', '-'))
                    .title(
                        t ->
                            t.formatText(
                                f ->
                                    f.plainText(
                                        "%s: %s"
                                            .formatted(
                                                shown.query().title(),
                                                value.name().replace('_', ' ')))))
                    .chartConfiguration(c -> c.fieldWells(w -> w.values(measure(shown, value)))))
        .build();
  }

  private static Visual bar(
      Shown shown, Column axis, Column value, BarChartOrientation orientation) {
    return Visual.builder()
        .barChartVisual(
            v ->
                v.visualId(id(shown))
                    .title(t -> t.formatText(f -> f.plainText(shown.query().title())))
                    .chartConfiguration(
                        c ->
                            c.orientation(orientation)
                                .fieldWells(
                                    w ->
                                        w.barChartAggregatedFieldWells(
                                            a ->
                                                a.category(dimension(shown, axis))
                                                    .values(measure(shown, value))))))
        .build();
  }

  private static Visual line(Shown shown, Column value) {
    Column day = first(shown, Visuals::isTime);
    Column series = first(shown, c -> !isNumber(c) && !isTime(c));
    List<DimensionField> colors =
        series == null || day == null ? List.of() : List.of(dimension(shown, series));
    Column axis = day == null ? series : day;
    return Visual.builder()
        .lineChartVisual(
            v ->
                v.visualId(id(shown))
                    .title(t -> t.formatText(f -> f.plainText(shown.query().title())))
                    .chartConfiguration(
                        c ->
                            c.fieldWells(
                                w ->
                                    w.lineChartAggregatedFieldWells(
                                        a ->
                                            a.category(dimension(shown, axis))
                                                .values(measure(shown, value))
                                                .colors(colors)))))
        .build();
  }

  /** Popularity against followers, a point for each artist that stands for its cell. */
  private static Visual scatter(Shown shown) {
    Column x = number(shown, "popularity", null);
    Column y = number(shown, "followers", null);
    Column name = first(shown, c -> c.name().equals("name"));
    if (x == null || y == null || name == null) {
      return table(shown);
    }
    return Visual.builder()
        .scatterPlotVisual(
            v ->
                v.visualId(id(shown))
                    .title(t -> t.formatText(f -> f.plainText(shown.query().title())))
                    .chartConfiguration(
                        c ->
                            c.fieldWells(
                                w ->
                                    w.scatterPlotCategoricallyAggregatedFieldWells(
                                        a ->
                                            a.xAxis(measure(shown, x))
                                                .yAxis(measure(shown, y))
                                                .category(dimension(shown, name))))))
        .build();
  }

  private static Visual table(Shown shown) {
    List<UnaggregatedField> fields = new ArrayList<>();
    for (Column column : shown.columns()) {
      fields.add(
          UnaggregatedField.builder()
              .fieldId(field(shown, column))
              .column(column(shown, column))
              .build());
    }
    return Visual.builder()
        .tableVisual(
            v ->
                v.visualId(id(shown))
                    .title(t -> t.formatText(f -> f.plainText(shown.query().title())))
                    .chartConfiguration(
                        c ->
                            c.fieldWells(
                                w -> w.tableUnaggregatedFieldWells(t -> t.values(fields)))))
        .build();
  }

  private static DimensionField dimension(Shown shown, Column column) {
    return isTime(column)
        ? DimensionField.builder()
            .dateDimensionField(d -> d.fieldId(field(shown, column)).column(column(shown, column)))
            .build()
        : DimensionField.builder()
            .categoricalDimensionField(
                d -> d.fieldId(field(shown, column)).column(column(shown, column)))
            .build();
  }

  private static MeasureField measure(Shown shown, Column column) {
    return MeasureField.builder()
        .numericalMeasureField(
            m ->
                m.fieldId(field(shown, column))
                    .column(column(shown, column))
                    .aggregationFunction(
                        f -> f.simpleNumericalAggregation(SimpleNumericalAggregationFunction.SUM)))
        .build();
  }

  private static ColumnIdentifier column(Shown shown, Column column) {
    return ColumnIdentifier.builder()
        .dataSetIdentifier(shown.query().name())
        .columnName(column.name())
        .build();
  }

  private static String id(Shown shown) {
    return shown.query().name().replace('_', '-');
  }

  private static String field(Shown shown, Column column) {
    return shown.query().name() + "." + column.name();
  }
}
