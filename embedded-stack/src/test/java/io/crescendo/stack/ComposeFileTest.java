package io.crescendo.stack;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.crescendo.refresh.RefreshCommand;
import io.crescendo.registry.RegistryOptions;
import io.crescendo.schemas.Topics;
import io.crescendo.streams.Setting;
import io.crescendo.streams.StreamsSettings;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import software.amazon.awssdk.core.SdkSystemSetting;

/** What can be said of {@code docker-compose.yml} without an engine that runs it. */
class ComposeFileTest {

  private static final Set<String> KEY_PAIR =
      Set.of(
          SdkSystemSetting.AWS_ACCESS_KEY_ID.environmentVariable(),
          SdkSystemSetting.AWS_SECRET_ACCESS_KEY.environmentVariable());
  private static final String STREAMS_PREFIX = "CRESCENDO_STREAMS_";

  private static Compose compose;

  @BeforeAll
  static void read() throws IOException {
    compose = Compose.read();
  }

  @Test
  void givesTheStreamsAppSettingsThatItAccepts() {
    Map<String, String> environment = compose.environment("streams-app");
    // what its start script adds, which knows the container's address
    environment.put("CRESCENDO_STREAMS_HTTP_ADVERTISED", advertised(environment));
    assertThat(environment.keySet()).isNotEmpty().allMatch(n -> n.startsWith(STREAMS_PREFIX));
    StreamsSettings settings =
        StreamsSettings.of(
            environment.entrySet().stream()
                .collect(
                    toMap(
                        e ->
                            e.getKey()
                                .substring(STREAMS_PREFIX.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        Map.Entry::getValue)));
    assertThat(settings.bootstrapServers()).isEqualTo("kafka:19092");
    assertThat(settings.commitInterval())
        .isEqualTo(Duration.parse(Setting.COMMIT_INTERVAL.defaultValue()));
    assertThat(settings.stateDir().toString()).startsWith("/var/lib/crescendo/");
    assertThat(settings.http().port())
        .isEqualTo(Integer.parseInt(Setting.HTTP_PORT.defaultValue()));
  }

  @Test
  void givesTheBrokerSettingsThatItAccepts() {
    Map<String, String> environment = compose.environment("kafka");
    assertThat(Uuid.fromString(environment.remove("CLUSTER_ID"))).isNotEqualTo(Uuid.ZERO_UUID);
    environment.remove("KAFKA_HEAP_OPTS");
    Properties properties = new Properties();
    environment.forEach(
        (name, value) -> {
          assertThat(name).startsWith("KAFKA_");
          properties.put(
              name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.'), value);
        });
    assertThat(AbstractKafkaConfig.CONFIG_DEF.names())
        .containsAll(properties.stringPropertyNames());
    assertThatCode(() -> KafkaConfig.fromProps(properties, false)).doesNotThrowAnyException();
    assertThat(environment.get("KAFKA_ADVERTISED_LISTENERS"))
        .isEqualTo("CONTAINERS://kafka:19092,HOST://127.0.0.1:" + Ports.DEFAULT.kafka());
  }

  @Test
  void givesTheRefreshJobAndThePageArgumentsThatTheyAccept() {
    for (String service : List.of("refresh-job", "page")) {
      CommandLine.ParseResult result =
          new CommandLine(new RefreshCommand())
              .parseArgs(compose.list(service, "command").toArray(String[]::new));
      assertThat(result.hasSubcommand()).as(service).isTrue();
      assertThat(result.subcommand().matchedOptionValue("--s3-endpoint", (Object) null))
          .as(service)
          .hasToString("http://s3:" + Ports.DEFAULT.s3());
    }
  }

  @Test
  void givesTheKeyPairToThoseThatReadIt() throws IOException {
    for (String service : List.of("refresh-job", "page", "s3")) {
      assertThat(compose.environment(service)).as(service).containsOnlyKeys(KEY_PAIR);
    }
    assertThat(compose.environment("csv-producer").keySet())
        .containsAll(KEY_PAIR)
        .contains(RegistryOptions.URL)
        .hasSize(3);
    assertThat(text("deploy/docker/s3/serve")).contains(KEY_PAIR);
  }

  @Test
  void givesTheWorkerEveryVariableThatTheConnectorNamesAndLetsItReadThem() throws IOException {
    Set<String> named = variablesOf("crescendo-s3-sink", "crescendo-s3-sink-registry");
    assertThat(compose.environment("connect")).containsOnlyKeys(named);
    String allowed = worker().get("config.providers.env.param.allowlist.pattern");
    assertThat(named).allMatch(n -> n.matches(allowed));

    Map<String, String> confluent = compose.environment("confluent-connect");
    assertThat(confluent.keySet()).containsAll(variablesOf("confluent-s3-sink"));
    assertThat(confluent)
        .containsEntry("CONNECT_CONFIG_PROVIDERS_ENV_PARAM_ALLOWLIST_PATTERN", allowed);
  }

  @Test
  void givesConfluentsWorkerSettingsThatItAcceptsAndTopicsOfItsOwn() throws IOException {
    Map<String, String> worker = new TreeMap<>();
    compose
        .environment("confluent-connect")
        .forEach(
            (name, value) -> {
              if (name.startsWith("CONNECT_")) {
                String key = name.substring("CONNECT_".length()).toLowerCase(Locale.ROOT);
                worker.put(key.replace('_', '.'), value);
              }
            });
    // Kafka's own settings are the same in Confluent's worker
    worker.remove("config.providers.env.param.allowlist.pattern");
    assertThat(new DistributedConfig(worker).values().keySet())
        .containsAll(
            worker.keySet().stream().filter(k -> !k.startsWith("config.providers.env.")).toList());
    for (String key :
        List.of(
            "group.id", "config.storage.topic", "offset.storage.topic", "status.storage.topic")) {
      assertThat(worker.get(key)).isNotBlank().isNotEqualTo(worker().get(key));
    }
  }

  @Test
  void givesTheConnectorsFilesThatAreThere() throws IOException {
    for (String service : List.of("connector", "confluent-connector")) {
      Matcher file =
          Pattern.compile("@/config/(\\S+)")
              .matcher(compose.service(service).path("command").asText());
      assertThat(file.find()).as(service).isTrue();
      assertThat(path("connectors/config").resolve(file.group(1))).exists();
    }
    assertThat(path("connectors/config/%s.json".formatted(Pipeline.CONNECTOR))).exists();
    assertThat(path("connectors/config/%s-registry.json".formatted(Pipeline.CONNECTOR))).exists();
  }

  @Test
  void givesTheWorkerSettingsThatItAccepts() throws IOException {
    Map<String, String> worker = worker();
    assertThat(new DistributedConfig(worker).values().keySet())
        .containsAll(
            worker.keySet().stream().filter(k -> !k.startsWith("config.providers.env.")).toList());
    assertThat(worker)
        .containsEntry("bootstrap.servers", "kafka:19092")
        .containsEntry("listeners", "http://0.0.0.0:" + Ports.DEFAULT.connect());
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
  void limitsThePageAndTheRefreshToMoreThanTheyAreToldToUse() throws IOException {
    for (String service : List.of("refresh-job", "page")) {
      String limit = compose.service(service).path("mem_limit").asText();
      assertThat(limit).as(service).endsWith("m");
      RefreshMemory.assertFits(
          Integer.parseInt(limit.replace("m", "")), compose.list(service, "command"));
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
  void createsTheTopicsAsTheyAreDefined() throws Exception {
    assertThat(compose.list("topics", "command"))
        .containsExactly("bash", "/crescendo/create-topics");
    ProcessBuilder script =
        new ProcessBuilder("bash", path("deploy/docker/create-topics").toString());
    script.environment().put("KAFKA_TOPICS", "echo");
    script.environment().putAll(compose.environment("topics"));
    Process process = script.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    List<String> expected =
        Topics.ALL.stream()
            .map(
                t ->
                    "--bootstrap-server kafka:19092 --create --if-not-exists --topic %s --partitions %d %s"
                        .formatted(
                            t.name(),
                            t.partitions(),
                            String.join(
                                " ",
                                new TreeMap<>(t.config())
                                    .entrySet().stream()
                                        .map(e -> "--config " + e.getKey() + "=" + e.getValue())
                                        .toList())))
            .toList();
    assertThat(output.lines().toList()).isEqualTo(expected);
  }

  @Test
  void mountsWhatExists() {
    for (String service : compose.names()) {
      for (String volume : compose.list(service, "volumes")) {
        String source = volume.split(":", -1)[0];
        if (source.startsWith(".")) {
          assertThat(path(source)).as(service).exists();
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
    assertThat(dockerfile.copied()).isNotEmpty().allSatisfy(c -> assertThat(path(c)).exists());
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

  private static String advertised(Map<String, String> environment) {
    String script = "CRESCENDO_STREAMS_HTTP_HOST=0.0.0.0 deploy/docker/streams-app env";
    try {
      Process process =
          new ProcessBuilder("bash", "-c", script).directory(Compose.PROJECT.toFile()).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(l -> l.startsWith("CRESCENDO_STREAMS_HTTP_ADVERTISED="))
          .map(l -> l.substring(l.indexOf('=') + 1))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> variablesOf(String... connectors) throws IOException {
    Set<String> named = new HashSet<>();
    for (String connector : connectors) {
      Pattern.compile("\\$\\{env:([^}]+)}")
          .matcher(text("connectors/config/%s.json".formatted(connector)))
          .results()
          .forEach(m -> named.add(m.group(1)));
    }
    return named;
  }

  private static String same(int port) {
    return "%d:%d".formatted(port, port);
  }

  private static Map<String, String> worker() throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text("deploy/docker/connect.properties")));
    Map<String, String> worker = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> worker.put(n, properties.getProperty(n)));
    return worker;
  }

  private static boolean hasMain(String name) {
    try {
      return Class.forName(name).getMethod("main", String[].class) != null;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static Path path(String relative) {
    return Compose.PROJECT.resolve(relative);
  }

  private static String text(String relative) throws IOException {
    return Files.readString(path(relative));
  }
}
