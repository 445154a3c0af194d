package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/**
 * A policy file of this project.
 *
 * @param calls actions of the statements that begin with 'Calls': what the code itself requests
 * @param all every action
 */
record Policy(Set<String> calls, Set<String> all) {

  /** Reads {@code iam/<name>.json}; no statement may be about everything. */
  static Policy read(String name) throws IOException {
    Set<String> calls = new TreeSet<>();
    Set<String> all = new TreeSet<>();
    try (InputStream file = Policy.class.getResourceAsStream("/iam/" + name + ".json")) {
      JsonNode policy =
          Json.read(new String(file.readAllBytes(), StandardCharsets.UTF_8), JsonNode.class);
      for (JsonNode statement : policy.get("Statement")) {
        assertThat(statement.get("Resource").toString()).doesNotContain("\"*\"");
        JsonNode actions = statement.get("Action");
        Set<String> named = new TreeSet<>();
        if (actions.isTextual()) {
          named.add(actions.asText());
        }
        actions.forEach(a -> named.add(a.asText()));
        assertThat(named).noneMatch(a -> a.contains("*"));
        all.addAll(named);
        if (statement.get("Sid").asText().startsWith("Calls")) {
          calls.addAll(named);
        }
      }
    }
    return new Policy(calls, all);
  }
}
