package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What can be said of {@code docker-compose.yml} without an engine that runs it. */
class ComposeFileTest {

  private static Compose compose;

  @BeforeAll
  static void read() throws IOException {
    compose = Compose.read();
  }

  @Test
  void tellsWhyAConnectorWasRefused() {
    for (String service : List.of("connector", "confluent-connector")) {
      assertThat(compose.service(service).path("command").asText())
          .as(service)
          .contains("--fail-with-body")
          .doesNotContain("/dev/null", " -o ");
    }
  }

  @Test
  void publishesTheDefaultPortsOnLoopbackOnly() {
    Map<String, String> expected =
        Map.of(
            "kafka", same(Ports.DEFAULT.kafka()),
            "s3", same(Ports.DEFAULT.s3()),
            "connect", same(Ports.DEFAULT.connect()),
            "confluent-connect", same(Ports.DEFAULT.connect()),
            "page", same(Ports.DEFAULT.page()),
            "schema-registry", "8081:8080",
            "ui", "8090:8080",
            "prometheus", same(9090),
            "grafana", same(3000));
    for (String service : compose.names()) {
      String port = expected.get(service);
      assertThat(compose.list(service, "ports"))
          .as(service)
          .isEqualTo(port == null ? List.of() : List.of("127.0.0.1:" + port));
    }
  }

  @Test
  void mountsWhatExists() {
    for (String service : compose.names()) {
      for (String volume : compose.list(service, "volumes")) {
        String source = volume.split(":", -1)[0];
        if (source.startsWith(".")) {
          assertThat(Compose.path(source)).as(service).exists();
        } else {
          assertThat(compose.hasVolume(source)).as("%s: volume %s", service, source).isTrue();
        }
      }
    }
  }

  @Test
  void pinsEveryImageAndRunsTheBrokerOfTheTests() throws IOException {
    List<String> images = new ArrayList<>();
    compose.names().forEach(s -> images.add(compose.service(s).path("image").asText()));
    images.addAll(Dockerfile.read().baseImages());
    assertThat(images).allMatch(i -> i.matches("[a-z0-9./-]+:[a-z]*-?[0-9][A-Za-z0-9._-]*"));
    assertThat(Dockerfile.read().text())
        .containsPattern("kafka-connect-s3:[0-9]+\\.[0-9]+\\.[0-9]+\n");
    assertThat(Compose.text())
        .contains("apicurio/apicurio-registry:" + System.getProperty("apicurio.version"));
    assertThat(images.stream().filter(i -> i.startsWith("apache/kafka:")).distinct())
        .containsExactly("apache/kafka:" + AppInfoParser.getVersion());
  }

  @Test
  void buildsWhatTheDockerfileHas() throws IOException {
    Dockerfile dockerfile = Dockerfile.read();
    Set<String> targets = new HashSet<>();
    for (String service : compose.names()) {
      JsonNode build = compose.service(service).path("build");
      if (!build.isMissingNode()) {
        assertThat(build.path("dockerfile").asText()).isEqualTo(Dockerfile.PATH);
        targets.add(build.path("target").asText());
      }
    }
    assertThat(dockerfile.stages()).containsAll(targets);
    assertThat(targets).containsExactlyInAnyOrderElementsOf(dockerfile.programs());
    assertThat(dockerfile.copied())
        .isNotEmpty()
        .allSatisfy(c -> assertThat(Compose.path(c)).exists());
    for (String main : dockerfile.mainClasses()) {
      assertThat(hasMain(main)).as(main).isTrue();
    }
    assertThat(dockerfile.environment("S3_BUCKETS").split(" "))
        .containsExactly(EmbeddedStack.STAGING, EmbeddedStack.WAREHOUSE, EmbeddedStack.RESULTS);
  }

  @Test
  void waitsOnlyForServicesThatCanTellThatTheyAreHealthy() {
    for (String service : compose.names()) {
      compose
          .service(service)
          .path("depends_on")
          .properties()
          .forEach(
              e -> {
                JsonNode other = compose.service(e.getKey());
                switch (e.getValue().path("condition").asText()) {
                  case "service_healthy" ->
                      assertThat(other.has("healthcheck")).as(e.getKey()).isTrue();
                  case "service_completed_successfully" ->
                      assertThat(other.path("restart").asText()).as(e.getKey()).isEqualTo("no");
                  default -> throw new AssertionError(service + ": " + e);
                }
              });
    }
  }

  @Test
  void takesNoPrivilegesAndNoSecretFromTheFile() throws IOException {
    for (String service : compose.names()) {
      assertThat(compose.list(service, "cap_drop")).as(service).containsExactly("ALL");
      assertThat(compose.list(service, "security_opt"))
          .as(service)
          .containsExactly("no-new-privileges:true");
    }
    for (String secret : List.of("CRESCENDO_S3_SECRET", "CRESCENDO_GRAFANA_PASSWORD")) {
      assertThat(Compose.text()).doesNotContain(Compose.environmentExample().get(secret));
    }
    assertThat(Dockerfile.read().text()).containsOnlyOnce("\nUSER crescendo\n");
  }

  @Test
  void explainsEveryVariableInTheExampleWithItsDefault() throws IOException {
    Map<String, Set<String>> variables = Compose.variables(Compose.text());
    Map<String, String> example = Compose.environmentExample();
    // read by Compose itself
    assertThat(example.remove("COMPOSE_PROFILES")).isNotBlank();
    assertThat(example.keySet()).isEqualTo(variables.keySet());
    variables.forEach(
        (name, defaults) -> {
          if (!defaults.isEmpty()) {
            assertThat(defaults).as(name).contains(example.get(name));
          }
        });
  }

  private static String same(int port) {
    return "%d:%d".formatted(port, port);
  }

  private static boolean hasMain(String name) {
    try {
      return Class.forName(name).getMethod("main", String[].class) != null;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
