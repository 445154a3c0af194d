package io.crescendo.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class OpenApiTest {

  /** The Host header is looked at before the path. */
  @Test
  void saysThatEveryPathRefusesRequestsForAnotherName() throws Exception {
    JsonNode described;
    try (InputStream in = QuestionServer.class.getResourceAsStream("openapi.json")) {
      described = JsonMapper.builder().build().readTree(in);
    }
    assertThat(described.path("paths"))
        .isNotEmpty()
        .allSatisfy(
            path ->
                assertThat(path.at("/get/responses/403/$ref").asText())
                    .isEqualTo("#/components/responses/403"));
    assertThat(described.at("/components/responses/403").isMissingNode()).isFalse();
  }
}
