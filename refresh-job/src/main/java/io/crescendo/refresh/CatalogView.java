package io.crescendo.refresh;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.glue.model.TableInput;

/**
 * A view as Athena keeps it in the Glue catalog: a table of type {@code VIRTUAL_VIEW} whose text is
 * a Base64 JSON document with SQL and columns. Writing that ourselves, instead of having Athena run
 * CREATE VIEW, lets a second time see that nothing changed.
 *
 * @param name its name
 * @param sql one SELECT that gives exactly the columns
 * @param columns names and types, in order
 */
record CatalogView(String name, String sql, List<Column> columns) {

  /** What the names of views for the dashboard begin with; the query's name follows. */
  static final String DASHBOARD = "dashboard_";

  /** What the text of every view of Athena begins with. */
  static final String PREFIX = "/* Presto View: ";

  /**
   * The pipeline's views, and one of flat columns for each query, which SPICE can read.
   *
   * @param engine answers with no rows, for their types
   * @param catalog tables that are there; the views are built over the ones that are not as if they
   *     were empty
   */
  static List<CatalogView> all(
      QueryEngine engine, Catalog catalog, String database, Attempt attempt) {
    List<Query> queries = new ArrayList<>();
    Views.bundled()
        .keySet()
        .forEach(
            view ->
                queries.add(
                    new Query(view, view, view, Query.Chart.TABLE, "SELECT * FROM " + view, 0)));
    Queries.bundled().forEach(queries::add);
    AthenaSql sql = new AthenaSql(database, catalog);
    Catalog empty = new Catalog(catalog.crawledAt(), List.of());
    List<CatalogView> views = new ArrayList<>();
    for (Query query : queries) {
      List<Column> columns =
          engine.query(empty, query, attempt).columns().stream().map(CatalogView::athena).toList();
      boolean ours = Views.bundled().containsKey(query.name());
      views.add(
          new CatalogView(
              (ours ? "" : DASHBOARD) + query.name(), exactly(columns, sql.of(query)), columns));
    }
    return views;
  }

  /** Timestamps of tables have milliseconds in Athena. */
  private static Column athena(Column column) {
    return column.type().startsWith("timestamp")
        ? new Column(column.name(), "timestamp(3)")
        : column;
  }

  /** Athena refuses to read a view whose SQL gives other types than the catalog states. */
  private static String exactly(List<Column> columns, String sql) {
    return columns.stream()
        .map(c -> "CAST(\"%1$s\" AS %2$s) AS \"%1$s\"".formatted(c.name(), c.type()))
        .collect(Collectors.joining(",\n  ", "SELECT\n  ", "\nFROM (\n" + sql + "\n) AS flat"));
  }

  /** The catalog's entry. */
  TableInput table(String database) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("originalSql", sql);
    view.put("catalog", "awsdatacatalog");
    view.put("schema", database);
    view.put(
        "columns",
        columns.stream()
            .map(
                c -> {
                  Map<String, String> column = new LinkedHashMap<>();
                  column.put("name", c.name());
                  column.put("type", c.type());
                  return column;
                })
            .toList());
    String text =
        Base64.getEncoder().encodeToString(Json.text(view).getBytes(StandardCharsets.UTF_8));
    return TableInput.builder()
        .name(name)
        .tableType("VIRTUAL_VIEW")
        .parameters(Map.of("presto_view", "true", "comment", "Presto View"))
        .viewOriginalText(PREFIX + text + " */")
        .viewExpandedText("/* Presto View */")
        .storageDescriptor(
            s ->
                s.columns(
                        columns.stream()
                            .map(
                                c ->
                                    software.amazon.awssdk.services.glue.model.Column.builder()
                                        .name(c.name())
                                        .type(HiveTypes.fromTrino(c.type()))
                                        .build())
                            .toList())
                    .serdeInfo(i -> i.parameters(Map.of()))
                    .location(""))
        .build();
  }
}
