package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The profiles of {@code docker-compose.yml}: what they add, what they need, what they read. */
class ComposeProfilesTest {

  private static Compose compose;

  @BeforeAll
  static void read() throws IOException {
    compose = Compose.read();
  }

  @Test
  void runsEitherSinkAndWhatElseItsProfilesName() throws IOException {
    Set<String> always =
        Set.of("kafka", "topics", "s3", "streams-app", "refresh-job", "page", "csv-producer");
    assertThat(profiles())
        .containsOnlyKeys("sink", "confluent", "schema-registry", "ui", "metrics", "tools");
    assertThat(Compose.environmentExample()).containsEntry("COMPOSE_PROFILES", "sink");
    assertThat(profiles().get("sink")).containsExactlyInAnyOrder("connect", "connector");
    assertThat(profiles().get("confluent"))
        .containsExactlyInAnyOrder("confluent-connect", "confluent-connector", "schema-registry");
    for (String service : compose.names()) {
      boolean optional = !compose.list(service, "profiles").isEmpty();
      assertThat(optional)
          .as(service)
          .isEqualTo(!always.contains(service) || service.equals("csv-producer"));
    }
  }

  @Test
  void tellsTheUiOfARegistryAndOfTheWorkerOfEitherSink() {
    Map<String, String> ui = compose.environment("ui");
    // an empty one keeps it from starting
    assertThat(URI.create(ui.get("KAFKA_CLUSTERS_0_SCHEMAREGISTRY")).getHost())
        .isIn(profiles().get("schema-registry"));
    String worker = URI.create(ui.get("KAFKA_CLUSTERS_0_KAFKACONNECT_0_ADDRESS")).getHost();
    for (String sink : List.of("sink", "confluent")) {
      assertThat(profiles().get(sink).stream().filter(s -> names(s).contains(worker)))
          .as(sink)
          .hasSize(1);
    }
  }

  /** By which others on the Docker network find a service. */
  private static Set<String> names(String service) {
    Set<String> names = new HashSet<>(Set.of(service));
    compose
        .service(service)
        .path("networks")
        .path("default")
        .path("aliases")
        .forEach(alias -> names.add(alias.asText()));
    return names;
  }

  @Test
  void waitsForNoServiceOfAProfileThatMayBeOff() {
    for (String service : compose.names()) {
      List<String> mine = compose.list(service, "profiles");
      compose
          .service(service)
          .path("depends_on")
          .fieldNames()
          .forEachRemaining(
              other -> {
                List<String> needed = compose.list(other, "profiles");
                assertThat(needed.isEmpty() || !mine.isEmpty() && needed.containsAll(mine))
                    .as("%s waits for %s", service, other)
                    .isTrue();
              });
    }
  }

  @Test
  void isResolvedByDockerComposeWithEveryProfile() throws Exception {
    assumeTrue(hasDockerCompose(), "there is no command docker-compose here");
    for (String chosen : List.of("sink", "confluent", "sink,schema-registry", "sink,ui,metrics")) {
      ProcessBuilder config =
          new ProcessBuilder(
              "docker-compose", "--env-file", ".env.example", "config", "--services");
      config.environment().put("COMPOSE_PROFILES", chosen);
      Process process = config.directory(Compose.PROJECT.toFile()).start();
      String services = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String problems = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(problems).isZero();
      assertThat(services.lines()).contains("kafka", "streams-app", "refresh-job");
    }
  }

  @Test
  void readsTheMetricsOfServicesAtTheirPorts() throws IOException {
    JsonNode prometheus = Compose.yaml("deploy/metrics/prometheus.yml");
    Map<String, Integer> targets = new TreeMap<>();
    prometheus
        .path("scrape_configs")
        .forEach(
            job ->
                job.path("dns_sd_configs")
                    .forEach(
                        dns ->
                            targets.put(
                                dns.path("names").path(0).asText(), dns.path("port").asInt())));
    assertThat(compose.names()).containsAll(targets.keySet());
    assertThat(targets)
        .containsEntry(
            "streams-app",
            Integer.parseInt(
                compose.environment("streams-app").get("CRESCENDO_STREAMS_HTTP_PORT")));
    assertThat(compose.list("refresh-job", "command"))
        .contains("--metrics-port=" + targets.get("refresh-job"));
    assertThat(Dockerfile.read().text())
        .contains("jmx_prometheus_javaagent.jar=%d:".formatted(targets.get("connect")));
  }

  @Test
  void provisionsADashboardWhoseSourceIsThere() throws IOException {
    JsonNode source =
        Compose.yaml("deploy/metrics/grafana/provisioning/datasources/prometheus.yml")
            .path("datasources")
            .path(0);
    assertThat(source.path("url").asText()).isEqualTo("http://prometheus:9090");
    JsonNode dashboard = Dashboard.read();
    assertThat(dashboard.path("panels")).isNotEmpty();
    dashboard
        .path("panels")
        .forEach(
            panel -> {
              assertThat(panel.path("datasource").path("uid")).isEqualTo(source.path("uid"));
              assertThat(panel.path("description").asText()).isNotBlank();
            });
    String mounted =
        Compose.yaml("deploy/metrics/grafana/provisioning/dashboards/crescendo.yml")
            .path("providers")
            .path(0)
            .path("options")
            .path("path")
            .asText();
    assertThat(compose.list("grafana", "volumes"))
        .contains("./deploy/metrics/grafana/dashboards:%s:ro".formatted(mounted));
    assertThat(compose.environment("grafana").get("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"))
        .isEqualTo(mounted + "/" + Dashboard.FILE.getFileName());
  }

  @Test
  void fitsIntoALaptopOfEightGigabytesWithAnyProfilesAndWithThreeInstancesOfTheStreamsApp() {
    // the rest is the system's, the engine's and the page cache's
    long most = 6720;
    assertThat(megabytes(Set.of("sink", "tools"), 3)).isLessThanOrEqualTo(most);
    for (String sink : List.of("sink", "confluent")) {
      assertThat(megabytes(Set.of(sink, "tools", "schema-registry", "ui", "metrics"), 1))
          .as(sink)
          .isLessThanOrEqualTo(most);
    }
  }

  private static Map<String, Set<String>> profiles() {
    Map<String, Set<String>> profiles = new TreeMap<>();
    for (String service : compose.names()) {
      for (String profile : compose.list(service, "profiles")) {
        profiles.computeIfAbsent(profile, p -> new HashSet<>()).add(service);
      }
    }
    return profiles;
  }

  private static long megabytes(Set<String> chosen, int streamsInstances) {
    long megabytes = 0;
    for (String service : compose.names()) {
      List<String> profiles = compose.list(service, "profiles");
      String limit = compose.service(service).path("mem_limit").asText();
      assertThat(limit).as(service).matches("[0-9]+[mg]");
      if (profiles.isEmpty() || profiles.stream().anyMatch(chosen::contains)) {
        long number = Long.parseLong(limit.substring(0, limit.length() - 1));
        long instances = service.equals("streams-app") ? streamsInstances : 1;
        megabytes += instances * (limit.endsWith("g") ? 1024 * number : number);
      }
    }
    return megabytes;
  }

  private static boolean hasDockerCompose() throws InterruptedException {
    try {
      return new ProcessBuilder("docker-compose", "version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
