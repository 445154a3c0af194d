package io.crescendo.stack.kubernetes;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crescendo.refresh.RefreshCommand;
import io.crescendo.schemas.TopicDefinition;
import io.crescendo.schemas.Topics;
import io.crescendo.stack.RefreshMemory;
import io.crescendo.streams.StreamsSettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What can be said of {@code deploy/kubernetes} without a cluster. */
class KubernetesFilesTest {

  private static final String STRIMZI = "kafka.strimzi.io/v1";
  private static final Map<String, Class<?>> BUILT_IN =
      Map.of(
          "Namespace", Namespace.class,
          "ServiceAccount", ServiceAccount.class,
          "ConfigMap", ConfigMap.class,
          "Service", Service.class,
          "Deployment", Deployment.class,
          "CronJob", CronJob.class,
          "NetworkPolicy", NetworkPolicy.class,
          "PodDisruptionBudget", PodDisruptionBudget.class);

  /** Refuses fields that a type does not have, which the types themselves keep aside. */
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              })
          .build();

  @TempDir private static Path dir;
  private static Map<String, JsonNode> schemas;
  private static Resources resources;

  @BeforeAll
  static void read() throws Exception {
    resources = Resources.read();
    schemas = StrimziSchemas.generate(dir, "v1");
  }

  @Test
  void hasOnlyResourcesThatTheirSchemasAllow() {
    for (JsonNode resource : resources.all()) {
      String kind = resource.path("kind").asText();
      String what = kind + " " + Resources.name(resource);
      if (resource.path("apiVersion").asText().equals(STRIMZI)) {
        assertThat(StructuralSchema.problems(schemas.get(kind), resource)).as(what).isEmpty();
      } else {
        assertThat(BUILT_IN).as(what).containsKey(kind);
        assertThatCode(() -> STRICT.treeToValue(resource, BUILT_IN.get(kind)))
            .as(what)
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void wouldRefuseFieldsThatAreMisspeltAndValuesThatAreNone() {
    ObjectNode pool = resources.ofKind("KafkaNodePool").get(0).deepCopy();
    ((ObjectNode) pool.path("spec")).put("replica", 3).put("replicas", "three");
    ((ObjectNode) pool.path("spec")).putArray("roles").add("leader");
    assertThat(StructuralSchema.problems(schemas.get("KafkaNodePool"), pool))
        .hasSize(3)
        .anyMatch(p -> p.startsWith(".spec.replica must be a field that the schema knows"))
        .anyMatch(p -> p.startsWith(".spec.replicas must be a whole number"))
        .anyMatch(p -> p.startsWith(".spec.roles[0] must be one of"));
    ObjectNode deployment = resources.get("Deployment", "page").deepCopy();
    ((ObjectNode) deployment.path("spec").path("template").path("spec")).put("containrs", 1);
    assertThatThrownBy(() -> STRICT.treeToValue(deployment, Deployment.class))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("containrs");
  }

  @Test
  void definesTheTopicsAsThePipelineDoes() {
    Map<String, JsonNode> topics =
        resources.ofKind("KafkaTopic").stream().collect(toMap(Resources::name, t -> t));
    assertThat(topics.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Topics.ALL.stream().map(TopicDefinition::name).toList());
    for (TopicDefinition topic : Topics.ALL) {
      JsonNode spec = topics.get(topic.name()).path("spec");
      assertThat(spec.path("partitions").asInt()).isEqualTo(topic.partitions());
      Map<String, String> config = new TreeMap<>();
      spec.path("config").properties().forEach(e -> config.put(e.getKey(), e.getValue().asText()));
      assertThat(config).as(topic.name()).isEqualTo(topic.config());
    }
  }

  @Test
  void runsTheKafkaAndTheImageThatTheOperatorHas() throws IOException {
    String kafka = AppInfoParser.getVersion();
    assertThat(resources.get("Kafka", "crescendo").path("spec").path("kafka").path("version"))
        .hasToString('"' + kafka + '"');
    assertThat(resources.get("KafkaConnect", "crescendo").path("spec").path("version"))
        .hasToString('"' + kafka + '"');
    assertThat(Files.readString(Path.of("..", "deploy", "docker", "Dockerfile")))
        .contains(
            "\nFROM quay.io/strimzi/kafka:%s-kafka-%s AS strimzi-connect\n"
                .formatted(System.getProperty("strimzi.version"), kafka));
  }

  @Test
  void deploysTheConnectorOfTheOtherSettingsWithoutEndpointAndKeys() throws IOException {
    JsonNode spec = resources.get("KafkaConnector", "crescendo-s3-sink").path("spec");
    ObjectNode shipped =
        (ObjectNode)
            new ObjectMapper()
                .readTree(Path.of("..", "connectors/config/crescendo-s3-sink.json").toFile());
    assertThat(spec.path("class")).isEqualTo(shipped.remove("connector.class"));
    assertThat(spec.path("tasksMax").asText()).isEqualTo(shipped.remove("tasks.max").asText());
    shipped.remove(List.of("store.url", "aws.access.key.id", "aws.secret.access.key"));
    assertThat(spec.path("config")).isEqualTo(shipped);
    Set<String> given = new HashSet<>();
    connect()
        .path("template")
        .path("connectContainer")
        .path("env")
        .forEach(e -> given.add(e.path("name").asText()));
    shipped.forEach(
        value -> {
          if (value.asText().startsWith("${env:")) {
            assertThat(given).contains(value.asText().replaceAll("\\$\\{env:(.*)}", "$1"));
          }
        });
  }

  @Test
  void givesTheStreamsAppSettingsThatItAccepts() {
    Map<String, String> settings = new TreeMap<>();
    environment("streams-app")
        .forEach(
            (name, value) -> {
              if (name.startsWith("CRESCENDO_STREAMS_")) {
                settings.put(
                    name.substring("CRESCENDO_STREAMS_".length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.'),
                    value.replace("$(POD_IP)", "10.0.0.1"));
              }
            });
    StreamsSettings accepted = StreamsSettings.of(settings);
    assertThat(accepted.kafka())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("ssl.truststore.type", "PEM");
    assertThat(accepted.http().host()).isEqualTo("0.0.0.0");
  }

  @Test
  void givesTheRefreshJobAndThePageArgumentsThatTheyAccept() {
    for (JsonNode container : List.of(container("refresh-job"), container("page"))) {
      assertThat(
              new CommandLine(new RefreshCommand())
                  .parseArgs(arguments(container).toArray(String[]::new))
                  .hasSubcommand())
          .isTrue();
    }
  }

  @Test
  void keepsCopiesOfObjectsOnTheirVolumeAndWithinTheirMemory() throws IOException {
    for (JsonNode container : List.of(container("refresh-job"), container("page"))) {
      List<String> arguments = arguments(container);
      String name = container.path("name").asText();
      assertThat(container.path("volumeMounts").findValuesAsText("mountPath"))
          .as(name)
          .contains(
              arguments.stream()
                  .filter(a -> a.startsWith("--work-dir="))
                  .map(a -> a.substring(a.indexOf('=') + 1))
                  .findFirst()
                  .orElseThrow());
      String limit = container.path("resources").path("limits").path("memory").asText();
      assertThat(limit).as(name).endsWith("Mi");
      RefreshMemory.assertFits(Integer.parseInt(limit.replace("Mi", "")), arguments);
    }
  }

  @Test
  void namesOnlySettingsAndAccountsThatAreThere() {
    Set<String> keys = new HashSet<>();
    resources.get("ConfigMap", "crescendo").path("data").fieldNames().forEachRemaining(keys::add);
    for (JsonNode resource : resources.all()) {
      resource
          .findValues("configMapKeyRef")
          .forEach(
              ref -> {
                assertThat(ref.path("name").asText()).isEqualTo("crescendo");
                assertThat(keys).contains(ref.path("key").asText());
              });
      resource
          .findValues("serviceAccountName")
          .forEach(
              account ->
                  assertThat(resources.ofKind("ServiceAccount"))
                      .anyMatch(a -> Resources.name(a).equals(account.asText())));
    }
    // secrets are made by Strimzi: for each user, and for the cluster's authority
    Set<String> secrets = new HashSet<>(Set.of("crescendo-cluster-ca-cert"));
    resources.ofKind("KafkaUser").forEach(u -> secrets.add(Resources.name(u)));
    assertThat(connect().path("authentication").path("passwordSecret").path("secretName").asText())
        .isIn(secrets);
    resources
        .get("Deployment", "streams-app")
        .findValues("secretKeyRef")
        .forEach(ref -> assertThat(secrets).contains(ref.path("name").asText()));
  }

  @Test
  void givesAnInstanceAllTheTimeThatItsStateTakesToBeRestored() {
    assertThat(container("streams-app").at("/startupProbe/httpGet/path").asText())
        .as("it ends an instance that fails")
        .isEqualTo("/health/live");
    assertThat(container("streams-app").at("/readinessProbe/httpGet/path").asText())
        .isEqualTo("/health/ready");
  }

  @Test
  void runsWithoutRootPrivilegesAndWithLimitsAndProbes() {
    for (String name : List.of("streams-app", "page", "refresh-job")) {
      JsonNode pod = pod(name);
      JsonNode container = pod.path("containers").path(0);
      assertThat(pod.path("securityContext").path("runAsNonRoot").asBoolean()).as(name).isTrue();
      assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).as(name).isFalse();
      JsonNode security = container.path("securityContext");
      assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).as(name).isFalse();
      assertThat(security.path("readOnlyRootFilesystem").asBoolean()).as(name).isTrue();
      assertThat(container.path("resources").path("limits").path("memory").asText())
          .isEqualTo(container.path("resources").path("requests").path("memory").asText())
          .isNotBlank();
      assertThat(container.path("image").asText()).matches("crescendo/[a-z-]+:[0-9.]+");
    }
    for (String name : List.of("streams-app", "page")) {
      for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
        assertThat(container(name).has(probe)).as(name + " " + probe).isTrue();
      }
    }
  }

  @Test
  void letsPrometheusReachWhatItIsToldToScrape() {
    for (String name : List.of("streams-app", "page")) {
      JsonNode scrape = resources.get("Deployment", name).at("/spec/template/metadata/annotations");
      int port = container(name).at("/ports/0/containerPort").asInt();
      assertThat(scrape.path("prometheus.io/port").asInt()).as(name).isEqualTo(port);
      JsonNode rule = resources.get("NetworkPolicy", name).at("/spec/ingress/0");
      assertThat(rule.at("/ports/0/port").asInt()).as(name).isEqualTo(port);
      assertThat(rule.path("from"))
          .as(name)
          .anyMatch(
              from ->
                  from.at("/namespaceSelector/matchLabels")
                      .path("crescendo/monitoring")
                      .asText()
                      .equals("true"));
    }
    assertThat(arguments(container("page")))
        .as("the name that it is asked under")
        .contains("--allowed-host=$(POD_IP)");
  }

  private static List<String> arguments(JsonNode container) {
    List<String> arguments = new ArrayList<>();
    container.path("args").forEach(a -> arguments.add(a.asText()));
    return arguments;
  }

  private static JsonNode connect() {
    return resources.get("KafkaConnect", "crescendo").path("spec");
  }

  private static JsonNode pod(String name) {
    JsonNode owner =
        name.equals("refresh-job")
            ? resources.get("CronJob", name).path("spec").path("jobTemplate")
            : resources.get("Deployment", name);
    return owner.path("spec").path("template").path("spec");
  }

  private static JsonNode container(String name) {
    return pod(name).path("containers").path(0);
  }

  /** Values of variables; of those from a setting or a secret, what fits them. */
  private static Map<String, String> environment(String name) {
    Map<String, String> environment = new TreeMap<>();
    for (JsonNode variable : container(name).path("env")) {
      JsonNode setting = variable.path("valueFrom").path("configMapKeyRef").path("key");
      String value =
          setting.isMissingNode()
              ? variable.path("value").asText("from-elsewhere")
              : resources
                  .get("ConfigMap", "crescendo")
                  .path("data")
                  .path(setting.asText())
                  .asText();
      environment.put(variable.path("name").asText(), value);
    }
    return environment;
  }
}
