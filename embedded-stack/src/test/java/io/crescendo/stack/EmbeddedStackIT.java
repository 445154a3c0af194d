package io.crescendo.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crescendo.schemas.TopicDefinition;
import io.crescendo.schemas.Topics;
import io.crescendo.stack.cli.CommandLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class EmbeddedStackIT {

  private static final Duration LANDING = Duration.ofSeconds(1);

  @TempDir private static Path dir;
  private static Ports ports;
  private static EmbeddedStack stack;

  @BeforeAll
  static void start() {
    ports = Ports.anyFree();
    stack = EmbeddedStack.start(dir, ports, LANDING);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void createsTheTopicsAsDefinedAndOnlyOnce() throws Exception {
    try (Admin admin = stack.admin()) {
      assertThat(admin.listTopics().names().get(10, TimeUnit.SECONDS))
          .containsAll(Topics.ALL.stream().map(TopicDefinition::name).toList());
      assertThat(
              admin
                  .describeTopics(List.of("artists"))
                  .allTopicNames()
                  .get(10, TimeUnit.SECONDS)
                  .get("artists")
                  .partitions())
          .hasSize(Topics.ARTISTS.partitions());
      assertThat(Topics.createMissing(admin, (short) 1, Duration.ofSeconds(10))).isEmpty();
    }
  }

  @Test
  void letsTheFirstWriterOfAnObjectWin() {
    try (S3Client s3 = stack.s3Client()) {
      s3.putObject(
          b -> b.bucket("results").key("once").ifNoneMatch("*"), RequestBody.fromString("first"));
      assertThatThrownBy(
              () ->
                  s3.putObject(
                      b -> b.bucket("results").key("once").ifNoneMatch("*"),
                      RequestBody.fromString("second")))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
      assertThat(s3.getObjectAsBytes(b -> b.bucket("results").key("once")).asUtf8String())
          .isEqualTo("first");
    }
  }

  @Test
  void refusesASignatureOfAnotherKey() {
    try (S3Client stranger =
        S3Client.builder()
            .endpointOverride(stack.s3Endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("crescendo", "wrong")))
            .build()) {
      assertThatThrownBy(stranger::listBuckets)
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  @Test
  void letsKafkasToolsWithSubcommandsReachItsBroker() {
    List<Integer> codes = new ArrayList<>();
    // the tool ends the JVM, whatever comes of it
    Exit.setExitProcedure(
        (code, message) -> {
          codes.add(code);
          throw new IllegalStateException("ends");
        });
    try {
      assertThatThrownBy(
              () -> CommandLines.run(Endpoints.on(ports), "kafka", "transactions", "list"))
          .hasMessageContaining("ends");
      assertThat(codes).first().isEqualTo(0);
    } finally {
      Exit.resetExitProcedure();
    }
  }

  @Test
  void namesEveryTakenPortAndItsOptionBeforeAnythingStarts(@TempDir Path other) throws IOException {
    Ports wanted = Ports.anyFree();
    try (ServerSocket s3 = new ServerSocket(wanted.s3(), 1, InetAddress.getLoopbackAddress());
        ServerSocket page = new ServerSocket(wanted.page(), 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedStack.start(other, wanted, LANDING))
          .isInstanceOf(StackException.class)
          .hasMessage(
              "Taken by another program: 127.0.0.1:%d (S3 endpoint, --s3-port),"
                      .formatted(s3.getLocalPort())
                  + " 127.0.0.1:%d (page, --page-port); nothing was started"
                      .formatted(page.getLocalPort()));
    }
    assertThat(other).isEmptyDirectory();
  }

  @Test
  void tellsWhyConnectRefusesAConnector() {
    ConnectRest rest = new ConnectRest(URI.create("http://127.0.0.1:" + ports.connect()));
    assertThatThrownBy(
            () ->
                rest.deploy(
                    "broken",
                    "{\"connector.class\":\"no.such.Connector\"}",
                    Duration.ofSeconds(20)))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith(
            "Connect refused the configuration of connector 'broken' (HTTP 400)")
        .hasMessageContaining("no.such.Connector");
    assertThat(rest.status("broken")).isEmpty();
  }

  @Test
  void servesConnectUnderTheNamesOfThisMachineOnly() throws IOException {
    assertThat(connectStatus("localhost:8083")).startsWith("HTTP/1.1 200");
    assertThat(connectStatus("site.example:8083")).startsWith("HTTP/1.1 403");
  }

  /** By hand, because Java's client takes no other Host header than the address. */
  private static String connectStatus(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports.connect())) {
      socket
          .getOutputStream()
          .write("GET /connectors HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(host).getBytes(UTF_8));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
    }
  }

  @Test
  void findsWhereTheDataEndsBeforeTheMarkersOfTransactions() throws Exception {
    Map<String, Object> properties =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            stack.bootstrapServers(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "tail-offsets");
    TopicPartition partition = new TopicPartition("artist-rejects", 2);
    try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        TailOffsets tails = new TailOffsets(stack.bootstrapServers())) {
      assertThat(tails.of(List.of("artist-rejects"))).containsEntry(partition, 0L);
      producer.initTransactions();
      producer.beginTransaction();
      for (int i = 0; i < 3; i++) {
        producer.send(record(partition)).get(10, TimeUnit.SECONDS);
      }
      producer.commitTransaction();
      for (int i = 0; i < 40; i++) {
        // each leaves a record that was never committed, and a marker
        producer.beginTransaction();
        producer.send(record(partition)).get(10, TimeUnit.SECONDS);
        producer.abortTransaction();
      }
      assertThat(tails.of(List.of("artist-rejects"))).containsEntry(partition, 3L);
    }
  }

  @Test
  void freesTheDirectoryWhenTheBrokerDoesNotStart(@TempDir Path other) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedBroker.start(other, taken.getLocalPort()))
          .isInstanceOf(StackException.class);
    }
    EmbeddedBroker.start(other, Ports.free()).close();
  }

  private static ProducerRecord<byte[], byte[]> record(TopicPartition partition) {
    return new ProducerRecord<>(
        partition.topic(), partition.partition(), null, "x".getBytes(UTF_8));
  }
}
