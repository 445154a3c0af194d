package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The connector configurations as shipped, and the commands that {@code connectors/README.md} gives
 * for them.
 */
class ConnectorConfigIT {

  private static final Path CONNECTORS = Compose.PROJECT.resolve("connectors");
  private static final Pattern BASH = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path dir;
  private static EmbeddedStack stack;

  @BeforeAll
  static void start() {
    // validation does not ask the registry
    stack =
        EmbeddedStack.start(
            dir, Ports.anyFree(), Duration.ofSeconds(1), Optional.of("http://127.0.0.1:1"));
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  static List<Path> ours() throws IOException {
    try (Stream<Path> files = Files.list(CONNECTORS.resolve("config"))) {
      return files.filter(f -> f.getFileName().toString().startsWith("crescendo-")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("ours")
  void isValidOnARunningWorker(Path file) throws Exception {
    JsonNode answer = validate(Files.readString(file));
    assertThat(answer.path("configs")).isNotEmpty();
    assertThat(errors(answer)).isEmpty();
    assertThat(answer.path("error_count").asInt(-1)).isZero();
  }

  @Test
  void isValidForConfluentsSinkOnceItNamesOursAndAConverterThatIsThere() throws Exception {
    String confluent = Files.readString(CONNECTORS.resolve("config/confluent-s3-sink.json"));
    JsonNode answer =
        validate(
            confluent
                .replace(
                    "io.confluent.connect.s3.S3SinkConnector",
                    "io.crescendo.connect.s3.S3ParquetSinkConnector")
                .replace(
                    "io.confluent.connect.avro.AvroConverter",
                    "io.crescendo.connect.registry.RegistryAvroConverter"));
    assertThat(errors(answer)).isEmpty();
    assertThat(answer.path("error_count").asInt(-1)).isZero();
  }

  @Test
  void isRefusedWithAMisspeltValue() throws Exception {
    String broken = Files.readString(ours().get(0)).replace("\"zstd\"", "\"ztsd\"");
    assertThat(errors(validate(broken))).anyMatch(e -> e.contains("ztsd"));
  }

  @Test
  void canBeHandledWithTheCommandsOfTheReadme() throws Exception {
    StringBuilder printed = new StringBuilder();
    for (String block : blocks()) {
      printed.append(run(block));
      Until.reached(ConnectorConfigIT::settled);
    }
    assertThat(printed)
        .contains("\"error_count\":0")
        .contains("\"state\":\"RUNNING\"")
        .contains("${env:AWS_SECRET_ACCESS_KEY}")
        .doesNotContain(StoreKey.of(dir).orElseThrow().secretAccessKey());
    // the last command deletes it; its status goes a moment later
    Until.reached(() -> new ConnectRest(stack.connectUrl()).status(Pipeline.CONNECTOR).isEmpty());
  }

  private static List<String> blocks() throws IOException {
    return BASH.matcher(Files.readString(CONNECTORS.resolve("README.md")))
        .results()
        .map(m -> m.group(1))
        .toList();
  }

  /** No connector, or one with tasks that all do what they were told last. */
  private static boolean settled() {
    return new ConnectRest(stack.connectUrl())
        .status(Pipeline.CONNECTOR)
        .map(
            s ->
                s.path("tasks").size() > 0
                    && s.findValuesAsText("state").stream()
                        .allMatch(t -> t.equals("RUNNING") || t.equals("PAUSED")))
        .orElse(true);
  }

  private static String run(String block) throws Exception {
    String here = block.replace("http://127.0.0.1:8083", stack.connectUrl().toString());
    Process shell =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", here)
            .directory(Compose.PROJECT.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as("%s%n%s", here, output).isZero();
    return output;
  }

  private static JsonNode validate(String config) throws Exception {
    ObjectNode named = (ObjectNode) JSON.readTree(config);
    named.put("name", "checked");
    String type = named.path("connector.class").asText();
    URI uri =
        stack
            .connectUrl()
            .resolve(
                "/connector-plugins/%s/config/validate"
                    .formatted(type.substring(type.lastIndexOf('.') + 1)));
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(uri)
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(named.toString()))
                    .build(),
                BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static List<String> errors(JsonNode answer) {
    return answer.path("configs").findValues("errors").stream()
        .flatMap(e -> Stream.iterate(0, i -> i < e.size(), i -> i + 1).map(i -> e.get(i).asText()))
        .toList();
  }
}
