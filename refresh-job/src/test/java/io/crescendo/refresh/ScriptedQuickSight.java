package io.crescendo.refresh;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** SPICE ingestions as we read QuickSight's documentation. */
final class ScriptedQuickSight {

  private static final int DATA_SET = 4;
  private static final int INGESTION = 6;

  /** How ingestions end; RUNNING for never. */
  String outcome = "COMPLETED";

  Map<String, Object> error = Map.of();
  int rowsDropped;

  /** The data set and ingestion of each request to start one. */
  final Map<String, Integer> looks = new LinkedHashMap<>();

  private String shown;

  Optional<String> shown() {
    return Optional.ofNullable(shown);
  }

  String action(String method, URI uri) {
    if (!uri.getPath().matches("/accounts/\\d{12}/data-sets/[^/]+/ingestions/[^/]+")) {
      return ScriptedAssets.action(method, uri.getPath());
    }
    return switch (method) {
      case "PUT" -> "quicksight:CreateIngestion";
      case "GET" -> "quicksight:DescribeIngestion";
      default -> "quicksight:CancelIngestion";
    };
  }

  Object answer(String operation, URI uri) {
    String[] path = uri.getPath().split("/");
    String key = path[DATA_SET] + "/" + path[INGESTION];
    return switch (operation) {
      case "CreateIngestion" -> {
        if (looks.putIfAbsent(key, 0) != null) {
          throw new ScriptedAws.Refusal(409, "ResourceExistsException", "it exists");
        }
        yield Map.of("IngestionId", path[INGESTION], "IngestionStatus", "INITIALIZED");
      }
      case "DescribeIngestion" -> describe(key, path[INGESTION]);
      default -> Map.of("IngestionId", path[INGESTION]);
    };
  }

  private Object describe(String key, String id) {
    String status = looks.merge(key, 1, Integer::sum) == 1 ? "QUEUED" : outcome;
    if (status.equals("COMPLETED")) {
      shown = id;
    }
    Map<String, Object> ingestion = new LinkedHashMap<>();
    ingestion.put("IngestionId", id);
    ingestion.put("IngestionStatus", status);
    ingestion.put("RowInfo", Map.of("RowsIngested", 10, "RowsDropped", rowsDropped));
    if (!error.isEmpty()) {
      ingestion.put("ErrorInfo", error);
    }
    return Map.of("Ingestion", ingestion);
  }
}
