package io.crescendo.stack;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

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
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.core.SdkSystemSetting;

/** What {@code docker-compose.yml} tells each program is what that program takes. */
class ComposeSettingsTest {

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
                .collect(toMap(e -> property(STREAMS_PREFIX, e.getKey()), Map.Entry::getValue)));
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
          properties.put(property("KAFKA_", name), value);
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
    assertThat(Compose.text("deploy/docker/s3/serve")).contains(KEY_PAIR);
  }

  @Test
  void givesTheS3ServerTheSecretAsItIs(@TempDir Path dir) throws Exception {
    Path java = Files.writeString(dir.resolve("java"), "#!/bin/bash\ncat \"${!#}\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    String secret = "a\\nb #=:!\\";
    ProcessBuilder serve =
        new ProcessBuilder("bash", Compose.path("deploy/docker/s3/serve").toString());
    serve
        .environment()
        .putAll(
            Map.of(
                "PATH",
                dir + ":" + System.getenv("PATH"),
                "TMPDIR",
                dir.toString(),
                "S3_DATA",
                dir.resolve("data").toString(),
                "S3_BUCKETS",
                "warehouse",
                "AWS_ACCESS_KEY_ID",
                "crescendo",
                "AWS_SECRET_ACCESS_KEY",
                secret));
    Process process = serve.redirectErrorStream(true).start();
    String written = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(written).isZero();
    Properties properties = new Properties();
    properties.load(new StringReader(written));
    assertThat(properties).containsEntry("s3proxy.credential", secret);
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
  void givesTheWorkerSettingsThatItAccepts() throws IOException {
    Map<String, String> worker = worker();
    assertAccepted(worker);
    assertThat(worker)
        .containsEntry("bootstrap.servers", "kafka:19092")
        .containsEntry("listeners", "http://0.0.0.0:" + Ports.DEFAULT.connect());
  }

  @Test
  void givesConfluentsWorkerSettingsThatItAcceptsAndTopicsOfItsOwn() throws IOException {
    Map<String, String> worker = new TreeMap<>();
    compose
        .environment("confluent-connect")
        .forEach(
            (name, value) -> {
              if (name.startsWith("CONNECT_")) {
                worker.put(property("CONNECT_", name), value);
              }
            });
    // Kafka's own settings are the same in Confluent's worker
    worker.remove("config.providers.env.param.allowlist.pattern");
    assertAccepted(worker);
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
      assertThat(Compose.path("connectors/config").resolve(file.group(1))).exists();
    }
    assertThat(Compose.path("connectors/config/%s.json".formatted(Pipeline.CONNECTOR))).exists();
    assertThat(Compose.path("connectors/config/%s-registry.json".formatted(Pipeline.CONNECTOR)))
        .exists();
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
  void createsTheTopicsAsTheyAreDefined() throws Exception {
    assertThat(compose.list("topics", "command"))
        .containsExactly("bash", "/crescendo/create-topics");
    ProcessBuilder script =
        new ProcessBuilder("bash", Compose.path("deploy/docker/create-topics").toString());
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

  /** The setting that a variable stands for. */
  private static String property(String prefix, String variable) {
    return variable.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '.');
  }

  private static void assertAccepted(Map<String, String> worker) {
    assertThat(new DistributedConfig(worker).values().keySet())
        .containsAll(
            worker.keySet().stream().filter(k -> !k.startsWith("config.providers.env.")).toList());
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
          .matcher(Compose.text("connectors/config/%s.json".formatted(connector)))
          .results()
          .forEach(m -> named.add(m.group(1)));
    }
    return named;
  }

  private static Map<String, String> worker() throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(Compose.text("deploy/docker/connect.properties")));
    Map<String, String> worker = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> worker.put(n, properties.getProperty(n)));
    return worker;
  }
}
