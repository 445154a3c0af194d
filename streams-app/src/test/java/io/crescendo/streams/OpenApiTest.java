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
    JsonNode described = described();
    assertThat(described.path("paths"))
        .isNotEmpty()
        .allSatisfy(
            path ->
                assertThat(path.at("/get/responses/403/$ref").asText())
                    .isEqualTo("#/components/responses/403"));
    assertThat(described.at("/components/responses/403").isMissingNode()).isFalse();
  }

  /** What is put in their place need not be an encoded path, such as {@code a%00b}. */
  @Test
  void saysThatPathsWithParametersMayBreakRules() throws Exception {
    JsonNode paths = described().path("paths");
    paths
        .properties()
        .forEach(
            path -> {
              if (path.getKey().contains("{")) {
                assertThat(path.getValue().at("/get/responses/400/$ref").asText())
                    .as(path.getKey())
                    .isEqualTo("#/components/responses/400");
              }
            });
  }

  private static JsonNode described() throws Exception {
    try (InputStream in = QuestionServer.class.getResourceAsStream("openapi.json")) {
      return JsonMapper.builder().build().readTree(in);
    }
  }
}
