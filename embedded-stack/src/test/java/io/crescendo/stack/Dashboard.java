package io.crescendo.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The dashboard that Grafana is given. */
final class Dashboard {

  static final Path FILE =
      Compose.PROJECT.resolve("deploy/metrics/grafana/dashboards/pipeline.json");

  private static final Pattern METRIC =
      Pattern.compile("\\b(?:crescendo|kafka|connect)_[a-z0-9_]+");

  private Dashboard() {}

  static JsonNode read() throws IOException {
    return new ObjectMapper().readTree(Files.readString(FILE));
  }

  /** Names of metrics in its questions that start so. */
  static Set<String> metrics(String prefix) throws IOException {
    Set<String> names = new TreeSet<>();
    for (JsonNode panel : read().path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        METRIC
            .matcher(target.path("expr").asText())
            .results()
            .map(m -> m.group())
            .filter(name -> name.startsWith(prefix))
            .forEach(names::add);
      }
    }
    return names;
  }
}
