package io.crescendo.connect.s3.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker answers who asks it to validate a configuration. */
class ConfigValidationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"password\": \"hush\"}",
        "hush2SECRET",
        "\"hush\"",
        "[\"hush\"]",
        "{\"type\": \"record\", \"name\": \"hush!\", \"fields\": []}"
      })
  void quotesNothingOfAFileThatIsNoSchema(String content, @TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), content);
    assertThat(problems("avro.schemas", file.toString()))
        .hasSize(1)
        .allSatisfy(
            problem ->
                assertThat(problem)
                    .contains("is no Avro schema")
                    .doesNotContainIgnoringCase("hush"));
  }

  @Test
  void saysWhereAFileIsNoJson(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("broken.avsc"), "{\n  \"type\": record\n}");
    assertThat(problems("avro.schemas", file.toString()).get(0))
        .contains("is no Avro schema, as line 2, column");
  }

  @Test
  void refusesABlankWhereThereIsNothingWithoutAValue() {
    assertThat(problems("partitioner.class", " ")).hasSize(1);
    assertThat(problems("partitioner.class", " ").get(0))
        .contains("partitioner.class")
        .contains("must not be blank");
  }

  @ParameterizedTest
  @CsvSource({"s3.retry.backoff.ms", "retry.backoff.ms"})
  void refusesPausesOfMoreThanADay(String key) {
    assertThat(problems(key, "86400000")).isEmpty();
    assertThat(problems(key, Long.toString(Long.MAX_VALUE)).get(0))
        .contains("must be no more than 86400000");
  }

  @Test
  void refusesATopDirectoryThatLeavesNoRoom() {
    assertThat(problems("topics.dir", "a".repeat(300))).isEmpty();
    assertThat(problems("topics.dir", "\u00e9".repeat(151)).get(0))
        .contains("topics.dir")
        .contains("at most 300 bytes");
  }

  private static List<String> problems(String key, String value) {
    Map<String, String> properties =
        Map.of("s3.bucket.name", "warehouse", "flush.size", "1", key, value);
    return SinkConfig.validate(properties).stream()
        .flatMap(v -> v.errorMessages().stream())
        .toList();
  }
}
