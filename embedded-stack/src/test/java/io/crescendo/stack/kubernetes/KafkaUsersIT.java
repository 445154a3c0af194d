package io.crescendo.stack.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crescendo.csv.PublishCommand;
import io.crescendo.schemas.TopicDefinition;
import io.crescendo.schemas.Topics;
import io.crescendo.stack.ConnectRest;
import io.crescendo.stack.EmbeddedBroker;
import io.crescendo.stack.EmbeddedS3;
import io.crescendo.stack.PlainLogin;
import io.crescendo.stack.Ports;
import io.crescendo.stack.Until;
import io.crescendo.streams.StreamsApp;
import io.crescendo.streams.StreamsSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.utils.SecurityUtils;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** The programs with the rights that {@code deploy/kubernetes/users.yaml} gives them in Kafka. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KafkaUsersIT {

  private static final String OPERATOR = "operator";
  private static final String SINK = "crescendo-s3-sink";
  private static final Duration START = Duration.ofMinutes(2);

  @TempDir private static Path dir;
  private static EmbeddedBroker broker;
  private static String address;
  private static Admin operator;

  /** Topics and rights are there first, as Strimzi's operators make them. */
  @BeforeAll
  static void start() throws Exception {
    List<JsonNode> users = Resources.read().ofKind("KafkaUser");
    int port = Ports.free();
    address = "127.0.0.1:" + port;
    broker = EmbeddedBroker.start(dir.resolve("data"), port, settings(port, users));
    operator = Admin.create(client(OPERATOR));
    for (JsonNode user : users) {
      operator.createAcls(rights(user)).all().get();
    }
    Topics.createMissing(operator, (short) 1, START);
  }

  @AfterAll
  static void stop() {
    operator.close();
    broker.close();
  }

  @Test
  @Order(1)
  void letTheProducerPublishAndSeeThatItsLogIsCompacted() throws Exception {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    Path csv = dir.resolve("artists.csv");
    Files.writeString(csv, "id,name,genres,followers\na,A,\"['pop']\",5\nb,,\"['pop']\",7\n");
    List<String> arguments = new ArrayList<>(List.of("--bootstrap-server=" + address));
    client("csv-producer")
        .forEach((k, v) -> arguments.add("--kafka-property=%s=%s".formatted(k, v)));
    arguments.add(csv.toString());

    assertThat(
            new CommandLine(new PublishCommand())
                .setOut(out)
                .setErr(out)
                .execute(arguments.toArray(String[]::new)))
        .as(said.toString())
        .isZero();
    assertThat(said.toString()).doesNotContain("going on with the topics that exist");
    ConfigResource log = new ConfigResource(ConfigResource.Type.TOPIC, Topics.CSV_PROGRESS.name());
    try (Admin producer = Admin.create(client("csv-producer"))) {
      assertThatCode(() -> producer.describeConfigs(List.of(log)).all().get())
          .as("what it may not see it does not refuse")
          .doesNotThrowAnyException();
    }
  }

  @Test
  @Order(2)
  void letTheStreamsAppWorkWithEitherGroupProtocol() throws Exception {
    for (String protocol : List.of("streams", "classic")) {
      Map<String, String> settings = new HashMap<>();
      client("streams-app").forEach((k, v) -> settings.put("kafka." + k, v.toString()));
      settings.remove("kafka.bootstrap.servers");
      settings.put("bootstrap.servers", address);
      settings.put("group.protocol", protocol);
      settings.put("state.dir", dir.resolve(protocol).toString());
      settings.put("commit.interval", "PT0.2S");
      try (StreamsApp app = StreamsApp.start(StreamsSettings.of(settings))) {
        app.awaitRunning(START);
        awaitRecords(Topics.ARTISTS);
        awaitRecords(Topics.GENRE_FOLLOWERS);
      }
    }
  }

  @Test
  @Order(3)
  void letTheWorkerLandTheTopicsOfTheSink() throws Exception {
    URI url = URI.create("http://127.0.0.1:" + Ports.free());
    AwsBasicCredentials keys = AwsBasicCredentials.create("key", "secret-of-a-test");
    try (EmbeddedS3 s3 = EmbeddedS3.start(dir.resolve("s3"), Ports.free(), keys)) {
      s3.createBuckets(List.of("warehouse"));
      Connect<?> connect = new ConnectDistributed().startConnect(worker(url));
      try {
        new ConnectRest(url).deploy(SINK, connector(s3, keys), START);
        Until.reached(
            () -> {
              assertThat(new ConnectRest(url).failure(SINK)).isEmpty();
              return committed();
            });
      } finally {
        connect.stop();
        connect.awaitStop();
      }
    }
  }

  private static boolean committed() {
    return join(
            operator.listConsumerGroupOffsets("connect-" + SINK).partitionsToOffsetAndMetadata())
        .values()
        .stream()
        .anyMatch(committed -> committed.offset() > 0);
  }

  private static <T> T join(KafkaFuture<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private static String connector(EmbeddedS3 s3, AwsBasicCredentials keys) throws Exception {
    JsonNode spec = Resources.read().get("KafkaConnector", SINK).path("spec");
    ObjectNode config = spec.path("config").deepCopy();
    return config
        .put("connector.class", spec.path("class").asText())
        .put("tasks.max", spec.path("tasksMax").asText())
        .put("s3.region", EmbeddedS3.REGION)
        .put("s3.bucket.name", "warehouse")
        .put("rotate.schedule.interval.ms", "1000")
        .put("store.url", s3.endpoint().toString())
        .put("aws.access.key.id", keys.accessKeyId())
        .put("aws.secret.access.key", keys.secretAccessKey())
        .toString();
  }

  private static Map<String, String> worker(URI url) {
    Map<String, String> p = new HashMap<>();
    client("connect")
        .forEach(
            (k, v) -> {
              for (String prefix : List.of("", "consumer.", "producer.", "admin.")) {
                p.put(prefix + k, v.toString());
              }
            });
    p.put("group.id", "crescendo-connect");
    p.put("listeners", url.toString());
    p.put("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    p.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    p.put("offset.flush.interval.ms", "1000");
    for (String topic : List.of("config", "offset", "status")) {
      p.put(topic + ".storage.topic", "crescendo-connect-" + topic);
      p.put(topic + ".storage.replication.factor", "1");
    }
    return p;
  }

  private static void awaitRecords(TopicDefinition topic) {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, topic.partitions())
            .boxed()
            .collect(
                Collectors.toMap(
                    p -> new TopicPartition(topic.name(), p), p -> OffsetSpec.latest()));
    Until.reached(
        () ->
            join(operator.listOffsets(ends).all()).values().stream()
                .anyMatch(end -> end.offset() > 0));
  }

  private static Map<String, Object> client(String user) {
    Map<String, Object> client =
        new HashMap<>(PlainLogin.client(SecurityProtocol.SASL_PLAINTEXT, user, password(user)));
    client.put("bootstrap.servers", address);
    return client;
  }

  private static String password(String user) {
    return "of-" + user;
  }

  private static Map<String, String> settings(int port, List<JsonNode> users) {
    Map<String, String> passwords = new HashMap<>(Map.of(OPERATOR, password(OPERATOR)));
    users.stream().map(Resources::name).forEach(name -> passwords.put(name, password(name)));
    Map<String, String> settings =
        PlainLogin.listener(SecurityProtocol.SASL_PLAINTEXT, port, OPERATOR, passwords);
    settings.put("authorizer.class.name", StandardAuthorizer.class.getName());
    settings.put("super.users", "User:ANONYMOUS;User:" + OPERATOR);
    return settings;
  }

  private static List<AclBinding> rights(JsonNode user) {
    List<AclBinding> rights = new ArrayList<>();
    for (JsonNode acl : user.path("spec").path("authorization").path("acls")) {
      JsonNode resource = acl.path("resource");
      ResourceType type = SecurityUtils.resourceType(named(resource.path("type").asText()));
      ResourcePattern pattern =
          new ResourcePattern(
              type,
              resource.path("name").asText("kafka-cluster"),
              resource.path("patternType").asText().equals("prefix")
                  ? PatternType.PREFIXED
                  : PatternType.LITERAL);
      for (JsonNode operation : acl.path("operations")) {
        rights.add(
            new AclBinding(
                pattern,
                new AccessControlEntry(
                    "User:" + Resources.name(user),
                    "*",
                    SecurityUtils.operation(operation.asText()),
                    AclPermissionType.ALLOW)));
      }
    }
    return rights;
  }

  /** Such as {@code TransactionalId}. */
  private static String named(String type) {
    return type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1);
  }
}
