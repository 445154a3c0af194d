package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A policy file of this project.
 *
 * @param statements what it allows
 */
record Policy(List<Statement> statements) {

  /**
   * Actions on resources.
   *
   * @param name the statement's; begins with 'Calls' where it is about the code's own requests
   */
  record Statement(String name, Set<String> actions, Set<String> resources) {

    /** Whether it allows an action on the resource, with the tests' names for the words. */
    boolean allows(Call call) {
      return actions.contains(call.action())
          && resources.stream()
              .map(
                  r ->
                      r.replace("WAREHOUSE_BUCKET", "warehouse")
                          .replace("RESULTS_BUCKET", "results")
                          .replace("TABLES_PREFIX", "tables"))
              .anyMatch(r -> pattern(r).matcher(call.resource()).matches());
    }

    private static Pattern pattern(String resource) {
      return Pattern.compile(
          java.util.Arrays.stream(resource.split("\\*", -1))
              .map(Pattern::quote)
              .collect(Collectors.joining(".*")));
    }
  }

  /** An action that was requested, on the name of a resource. */
  record Call(String action, String resource) {}

  /**
   * Actions that IAM checks against no resource, as AWS's Service Authorization Reference lists
   * them: a statement that names a resource for one never allows it.
   */
  private static final Set<String> WITHOUT_RESOURCE =
      Set.of("glue:CreateCrawler", "quicksight:CreateDataSource");

  /** Reads {@code iam/<name>.json}; no other statement may be about everything. */
  static Policy read(String name) throws IOException {
    List<Statement> statements = new ArrayList<>();
    try (InputStream file = Policy.class.getResourceAsStream("/iam/" + name + ".json")) {
      JsonNode policy =
          Json.read(new String(file.readAllBytes(), StandardCharsets.UTF_8), JsonNode.class);
      for (JsonNode statement : policy.get("Statement")) {
        Set<String> actions = texts(statement.get("Action"));
        Set<String> resources = texts(statement.get("Resource"));
        assertThat(actions).noneMatch(a -> a.contains("*"));
        if (actions.stream().anyMatch(WITHOUT_RESOURCE::contains)) {
          assertThat(WITHOUT_RESOURCE).containsAll(actions);
          assertThat(resources).containsExactly("*");
        } else {
          assertThat(resources).doesNotContain("*");
        }
        statements.add(new Statement(statement.get("Sid").asText(), actions, resources));
      }
    }
    return new Policy(statements);
  }

  private static Set<String> texts(JsonNode node) {
    Set<String> texts = new TreeSet<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(n -> texts.add(n.asText()));
    return texts;
  }

  private List<Statement> ownCalls() {
    return statements.stream().filter(s -> s.name().startsWith("Calls")).toList();
  }

  /** Actions of the statements that begin with 'Calls': what the code itself requests. */
  Set<String> calls() {
    return actions(ownCalls());
  }

  /** Every action. */
  Set<String> all() {
    return actions(statements);
  }

  private static Set<String> actions(List<Statement> statements) {
    return statements.stream()
        .flatMap(s -> s.actions().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Holds the calls against the statements about them: each is allowed, and each one is needed. */
  void allowsExactly(Set<Call> made) {
    assertThat(made)
        .allSatisfy(call -> assertThat(ownCalls()).anyMatch(statement -> statement.allows(call)));
    for (Statement statement : ownCalls()) {
      if (statement.name().startsWith("CallsS3")) {
        for (String action : statement.actions()) {
          assertThat(made)
              .as("%s of %s", action, statement.name())
              .anyMatch(call -> call.action().equals(action) && statement.allows(call));
        }
      }
    }
  }
}
