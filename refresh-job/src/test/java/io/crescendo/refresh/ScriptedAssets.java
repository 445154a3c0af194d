package io.crescendo.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** QuickSight's data source, data sets, analysis and dashboard as we read its documentation. */
final class ScriptedAssets {

  /** What each was made from, by kind and id, such as {@code dashboards/crescendo}. */
  final Map<String, JsonNode> made = new TreeMap<>();

  private final Map<String, JsonNode> tags = new TreeMap<>();

  /** What a new one becomes after a while. */
  String outcome = "CREATION_SUCCESSFUL";

  /** Version of the dashboard that its viewers see. */
  int published;

  private int versions;
  private final Map<String, Integer> looks = new LinkedHashMap<>();

  static String action(String method, String path) {
    if (path.startsWith("/resources/")) {
      return method.equals("GET") ? "quicksight:ListTagsForResource" : "quicksight:TagResource";
    }
    if (path.contains("/versions/")) {
      return "quicksight:UpdateDashboardPublishedVersion";
    }
    String kind =
        Map.of(
                "data-sources", "DataSource",
                "data-sets", "DataSet",
                "analyses", "Analysis",
                "dashboards", "Dashboard")
            .getOrDefault(path.split("/")[3], "Unknown");
    return switch (method) {
      case "POST" -> "quicksight:Create" + kind;
      case "PUT" -> "quicksight:Update" + kind;
      default -> "quicksight:Describe" + kind;
    };
  }

  Object answer(String operation, String path, JsonNode body) {
    if (path.startsWith("/resources/")) {
      return tagged(operation, path.split("/", 3)[2].replaceAll("/tags$", ""), body);
    }
    String[] parts = path.split("/");
    String idOf = parts[3].equals("data-sources") ? "DataSourceId" : "DataSetId";
    String key = parts[3] + "/" + (parts.length > 4 ? parts[4] : body.path(idOf).asText());
    if (operation.startsWith("Create") && made.containsKey(key)) {
      throw new ScriptedAws.Refusal(409, "ResourceExistsException", key);
    }
    if (!operation.startsWith("Create") && !made.containsKey(key)) {
      throw new ScriptedAws.Refusal(404, "ResourceNotFoundException", key);
    }
    if (operation.equals("UpdateDashboardPublishedVersion")) {
      published = Integer.parseInt(parts[6]);
      return Map.of();
    }
    if (operation.startsWith("Describe")) {
      return described(operation.substring("Describe".length()), key);
    }
    made.put(key, body);
    if (body.has("Tags")) {
      tags.put(key, body.get("Tags"));
    }
    looks.put(key, 0);
    if (operation.endsWith("Dashboard")) {
      versions++;
      published = operation.equals("CreateDashboard") ? versions : published;
    }
    return Map.of("VersionArn", "arn:x:dashboard/crescendo/version/" + versions);
  }

  /** As if all had been made from other definitions. */
  void changeTags() {
    tags.replaceAll(
        (key, old) ->
            Json.read("[{\"Key\":\"crescendo:definition\",\"Value\":\"other\"}]", JsonNode.class));
  }

  /** As if somebody else had made it. */
  void loseTags(String key) {
    tags.remove(key);
  }

  private Object described(String kind, String key) {
    boolean going = looks.merge(key, 1, Integer::sum) == 1;
    Map<String, Object> status =
        Map.of(
            "Status",
            going ? "CREATION_IN_PROGRESS" : outcome,
            "ErrorInfo",
            Map.of("Message", "no access"),
            "Errors",
            List.of(Map.of("Message", "no such column")));
    return Map.of(kind, kind.equals("Dashboard") ? Map.of("Version", status) : status);
  }

  private Object tagged(String operation, String arn, JsonNode body) {
    String[] parts = arn.substring(arn.lastIndexOf(':') + 1).split("/");
    String kinds =
        Map.of(
                "datasource", "data-sources",
                "dataset", "data-sets",
                "analysis", "analyses",
                "dashboard", "dashboards")
            .get(parts[0]);
    String key = kinds + "/" + parts[1];
    if (!made.containsKey(key)) {
      throw new ScriptedAws.Refusal(404, "ResourceNotFoundException", arn);
    }
    if (operation.equals("TagResource")) {
      tags.put(key, body.get("Tags"));
      return Map.of();
    }
    return tags.containsKey(key) ? Map.of("Tags", tags.get(key)) : Map.of("Tags", List.of());
  }
}
