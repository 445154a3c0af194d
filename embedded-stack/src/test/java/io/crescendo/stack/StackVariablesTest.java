package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class StackVariablesTest {

  private final StackVariables variables =
      new StackVariables(Map.of("CRESCENDO_MINE", "mine", "GITHUB_TOKEN", "secret"));

  @Test
  void givesWhatTheWorkerWasStartedWith() {
    variables.configure(Map.of("CRESCENDO_S3_REGION", "us-east-1"));
    assertThat(variables.get("", Set.of("CRESCENDO_S3_REGION")).data())
        .containsExactly(Map.entry("CRESCENDO_S3_REGION", "us-east-1"));
  }

  @Test
  void fallsBackToTheEnvironment() {
    assertThat(variables.get("", Set.of("CRESCENDO_MINE")).data())
        .containsEntry("CRESCENDO_MINE", "mine");
  }

  @Test
  void tellsNothingElseOfTheEnvironment() {
    assertThatThrownBy(() -> variables.get("", Set.of("GITHUB_TOKEN")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("that begin with CRESCENDO_");
    assertThat(variables.get("").data()).containsOnlyKeys("CRESCENDO_MINE");
  }

  @Test
  void namesAVariableThatHasNoValue() {
    assertThatThrownBy(() -> variables.get("", Set.of("NO_SUCH_VARIABLE")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("${env:NO_SUCH_VARIABLE}");
  }
}
