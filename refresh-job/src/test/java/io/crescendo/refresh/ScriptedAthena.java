package io.crescendo.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Query executions as we read Athena's documentation; the SQL itself is run by DuckDB. */
final class ScriptedAthena {

  /** Rows of a page at most. */
  int pageRows = 1000;

  /** Statuses to give instead of the true ones, in order, each to a whole execution. */
  final List<Map<String, Object>> ends = new ArrayList<>();

  /** The request that made or changed the workgroup last; null while there is none. */
  JsonNode workgroup;

  /** Description that the workgroup was made with. */
  String description = "";

  private final Map<String, Execution> executions = new LinkedHashMap<>();
  private final Map<String, String> tokens = new HashMap<>();

  private static final class Execution {
    private QueryResult result;
    private Map<String, Object> status = Map.of("State", "RUNNING");
    private int looks;
  }

  Object answer(String operation, JsonNode body) {
    String id = body.path("QueryExecutionId").asText();
    return switch (operation) {
      case "CreateWorkGroup" -> {
        workgroup = body;
        description = body.path("Description").asText();
        yield Map.of();
      }
      case "UpdateWorkGroup" -> {
        workgroup = body;
        yield Map.of();
      }
      case "GetWorkGroup" -> {
        if (workgroup == null) {
          throw new ScriptedAws.Refusal(400, "InvalidRequestException", "WorkGroup is not found.");
        }
        yield Map.of(
            "WorkGroup",
            Map.of(
                "Name", "crescendo", "Description", description, "Configuration", configuration()));
      }
      case "StartQueryExecution" ->
          Map.of(
              "QueryExecutionId",
              tokens.computeIfAbsent(
                  body.get("ClientRequestToken").asText(),
                  token -> start(body.get("QueryString").asText())));
      case "GetQueryExecution" -> Map.of("QueryExecution", Map.of("Status", status(id)));
      case "StopQueryExecution" -> {
        executions.get(id).status = Map.of("State", "CANCELLED");
        yield Map.of();
      }
      case "GetQueryResults" ->
          page(
              executions.get(id).result,
              body.path("NextToken").asInt(0),
              Math.min(pageRows, body.get("MaxResults").asInt()));
      default -> throw new ScriptedAws.Refusal(400, "UnknownOperationException", operation);
    };
  }

  private Object configuration() {
    JsonNode updates = workgroup.path("ConfigurationUpdates");
    return updates.isMissingNode()
        ? workgroup.get("Configuration")
        : Map.of(
            "EnforceWorkGroupConfiguration",
            updates.get("EnforceWorkGroupConfiguration"),
            "ResultConfiguration",
            updates.get("ResultConfigurationUpdates"));
  }

  int executions() {
    return executions.size();
  }

  private String start(String sql) {
    Execution execution = new Execution();
    String id = "execution-" + executions.size();
    executions.put(id, execution);
    if (!ends.isEmpty()) {
      execution.status = ends.remove(0);
    } else if (!sql.contains("sequence(1, 10000)")) {
      run(sql, execution);
    }
    return id;
  }

  private static void run(String sql, Execution execution) {
    String dialect =
        sql.replace("array(varchar)", "varchar[]")
            .replace("timestamp(3)", "timestamp")
            .replace("varbinary", "blob");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      try (ResultSet results = statement.executeQuery(dialect)) {
        execution.result = DuckDbRows.read(results, 0);
      }
      execution.status = Map.of("State", "SUCCEEDED");
    } catch (SQLException e) {
      execution.status = Map.of("State", "FAILED", "StateChangeReason", e.getMessage());
    }
  }

  private Map<String, Object> status(String id) {
    Execution execution = executions.get(id);
    return execution.looks++ == 0 ? Map.of("State", "QUEUED") : execution.status;
  }

  private static Map<String, Object> page(QueryResult result, int from, int size) {
    List<Object> rows = new ArrayList<>();
    rows.add(row(result.columns().stream().map(c -> (Object) c.name()).toList()));
    result.rows().forEach(r -> rows.add(row(r)));
    int to = Math.min(rows.size(), from + size);
    Map<String, Object> page = new LinkedHashMap<>();
    page.put(
        "ResultSet",
        Map.of(
            "Rows",
            rows.subList(from, to),
            "ResultSetMetadata",
            Map.of("ColumnInfo", result.columns().stream().map(ScriptedAthena::info).toList())));
    if (to < rows.size()) {
      page.put("NextToken", Integer.toString(to));
    }
    return page;
  }

  private static Map<String, Object> info(Column column) {
    return Map.of(
        "Name",
        column.name(),
        "Type",
        column.type().replaceAll("\\(.*?\\)", ""),
        "Precision",
        38,
        "Scale",
        0);
  }

  private static Map<String, Object> row(List<Object> values) {
    List<Object> data = new ArrayList<>();
    for (Object value : values) {
      data.add(value == null ? Map.of() : Map.of("VarCharValue", text(value)));
    }
    return Map.of("Data", data);
  }

  private static String text(Object value) {
    return value instanceof Instant moment
        ? moment.toString().replace('T', ' ').replace("Z", ".000")
        : value.toString();
  }
}
