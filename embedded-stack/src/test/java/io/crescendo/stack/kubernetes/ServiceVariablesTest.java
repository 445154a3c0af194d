package io.crescendo.stack.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class ServiceVariablesTest {

  /** It takes every variable with its prefix for a setting, and refuses those that are none. */
  @Test
  void areNotGivenToTheStreamsApp() throws Exception {
    JsonNode pod = Resources.read().get("Deployment", "streams-app").at("/spec/template/spec");
    assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
  }
}
