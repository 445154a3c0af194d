package io.crescendo.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One database and one crawler, as we read Glue's documentation. */
final class ScriptedGlue {

  boolean database;
  ObjectNode crawler;
  List<Map<String, Object>> tables = new ArrayList<>();

  /** Views that were created in the catalog, by name. */
  final Map<String, JsonNode> views = new LinkedHashMap<>();

  List<Map<String, Object>> landed = new ArrayList<>();

  /** Partitions of each table, in order, by their day. */
  final Map<String, Map<String, JsonNode>> partitions = new LinkedHashMap<>();

  /** How many times the crawler is seen RUNNING before it ends. */
  int looks = 2;

  /** How many times the crawler is seen READY with the last crawl of the run before. */
  int stale;

  String outcome = "SUCCEEDED";
  String reason;
  private boolean running;
  private int left;
  private double clock = 1_000_000;
  private Map<String, Object> lastCrawl;

  /** A crawl that somebody else started. */
  void run() {
    running = true;
    left = looks;
  }

  Object answer(String operation, JsonNode body) {
    return switch (operation) {
      case "GetDatabase" -> found(database, Map.of("Database", Map.of("Name", "crescendo")));
      case "CreateDatabase" -> {
        database = true;
        yield Map.of();
      }
      case "CreateCrawler", "UpdateCrawler" -> {
        if (running) {
          throw new ScriptedAws.Refusal(400, "CrawlerRunningException", "it is running");
        }
        crawler = body.deepCopy();
        yield Map.of();
      }
      case "GetCrawler" -> found(crawler != null, crawler == null ? "" : Map.of("Crawler", seen()));
      case "StartCrawler" -> {
        if (running) {
          throw new ScriptedAws.Refusal(400, "CrawlerRunningException", "it is running");
        }
        run();
        yield Map.of();
      }
      case "CreateTable", "UpdateTable" -> {
        JsonNode table = body.get("TableInput");
        views.put(table.get("Name").asText(), table);
        yield Map.of();
      }
      case "GetTable" -> {
        JsonNode view = views.get(body.get("Name").asText());
        yield found(view != null, view == null ? "" : Map.of("Table", view));
      }
      case "GetPartitions" -> {
        List<JsonNode> all =
            List.copyOf(partitions.getOrDefault(body.get("TableName").asText(), Map.of()).values());
        int from = body.path("NextToken").asInt(0);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("Partitions", all.subList(from, Math.min(all.size(), from + 1)));
        if (from + 1 < all.size()) {
          page.put("NextToken", Integer.toString(from + 1));
        }
        yield page;
      }
      case "UpdatePartition" -> {
        Map<String, JsonNode> known =
            partitions.getOrDefault(body.get("TableName").asText(), Map.of());
        String day = body.at("/PartitionValueList/0").asText();
        found(known.containsKey(day), "");
        known.put(day, body.get("PartitionInput"));
        yield Map.of();
      }
      case "GetTables" -> found(database, page(body.path("NextToken").asInt(0)));
      default -> throw new ScriptedAws.Refusal(400, "UnknownOperationException", operation);
    };
  }

  private static Object found(boolean present, Object answer) {
    if (!present) {
      throw new ScriptedAws.Refusal(400, "EntityNotFoundException", "not found");
    }
    return answer;
  }

  /** Pages of one table. */
  private Object page(int from) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("TableList", tables.subList(from, Math.min(tables.size(), from + 1)));
    if (from + 1 < tables.size()) {
      page.put("NextToken", Integer.toString(from + 1));
    }
    return page;
  }

  private Map<String, Object> seen() {
    if (running && left-- <= 0) {
      if (stale > 0) {
        stale--;
        return described("READY");
      }
      running = false;
      clock += 60;
      lastCrawl = new LinkedHashMap<>(Map.of("Status", outcome, "StartTime", clock));
      if (reason != null) {
        lastCrawl.put("ErrorMessage", reason);
      }
      if (outcome.equals("SUCCEEDED")) {
        tables = landed;
      }
    }
    return described(running ? "RUNNING" : "READY");
  }

  private Map<String, Object> described(String state) {
    Map<String, Object> described = new LinkedHashMap<>();
    crawler.properties().forEach(e -> described.put(e.getKey(), e.getValue()));
    described.put("Role", "crawler");
    described.put("State", state);
    if (lastCrawl != null) {
      described.put("LastCrawl", lastCrawl);
    }
    return described;
  }

  /** A partition as a crawl makes it. */
  void partition(String table, String folder, String day) {
    partitions
        .computeIfAbsent(table, name -> new LinkedHashMap<>())
        .put(
            day,
            Json.read(
                Json.text(
                    Map.of(
                        "Values", List.of(day),
                        "Parameters", Map.of("recordCount", "3"),
                        "StorageDescriptor",
                            Map.of(
                                "Location",
                                "s3://warehouse/tables/%s/dt=%s/".formatted(folder, day),
                                "InputFormat",
                                "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
                                "Columns",
                                List.of(Map.of("Name", "id", "Type", "string"))))),
                JsonNode.class));
  }

  static Map<String, Object> table(String name, String folder) {
    return Map.of(
        "Name", name,
        "StorageDescriptor",
            Map.of(
                "Location",
                "s3://warehouse/tables/" + folder + "/",
                "Columns",
                List.of(
                    Map.of("Name", "id", "Type", "string"),
                    Map.of("Name", "followers", "Type", "bigint"),
                    Map.of("Name", "genres", "Type", "array<string>"))),
        "PartitionKeys", List.of(Map.of("Name", "dt", "Type", "string")),
        "Parameters", Map.of("recordCount", "5", "sizeKey", "1234"));
  }
}
