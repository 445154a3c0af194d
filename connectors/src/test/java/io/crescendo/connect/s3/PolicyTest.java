package io.crescendo.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The policy in {@code policies}. */
class PolicyTest {

  private static final Pattern EXPLAINED = Pattern.compile("(?m)^\\| `(s3:\\w+)` \\|");

  @Test
  void allowsWhatThePageExplainsAndNothingElse() throws Exception {
    List<String> allowed = new ArrayList<>();
    for (JsonNode statement :
        new ObjectMapper().readTree(Path.of("policies/sink.json").toFile()).get("Statement")) {
      assertThat(statement.get("Effect").asText()).isEqualTo("Allow");
      assertThat(statement.get("Resource").asText()).startsWith("arn:aws:s3:::WAREHOUSE-BUCKET");
      JsonNode actions = statement.get("Action");
      if (actions.isTextual()) {
        allowed.add(actions.asText());
      }
      actions.forEach(action -> allowed.add(action.asText()));
    }
    List<String> explained =
        EXPLAINED
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    assertThat(allowed).isNotEmpty().containsExactlyInAnyOrderElementsOf(explained);
  }
}
