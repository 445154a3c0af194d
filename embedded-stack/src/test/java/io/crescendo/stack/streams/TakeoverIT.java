package io.crescendo.stack.streams;

import static io.crescendo.stack.streams.ExactlyOnceIT.createTopics;
import static io.crescendo.stack.streams.ExactlyOnceIT.reached;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crescendo.stack.EmbeddedBroker;
import io.crescendo.stack.Ports;
import io.crescendo.streams.StreamsApp;
import io.crescendo.streams.StreamsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the partitions of an instance that ends, by the settings of the group. */
class TakeoverIT {

  private static final String APPLICATION = "takeover";
  private static final int ARTISTS = 60;

  /** Two sub-topologies of four partitions. */
  private static final int TASKS = 8;

  @TempDir private Path dir;
  private final HttpClient client = HttpClient.newHttpClient();
  private EmbeddedBroker broker;

  @BeforeEach
  void start() {
    broker =
        EmbeddedBroker.start(
            dir.resolve("kafka"),
            Ports.anyFree().kafka(),
            Map.of(
                "group.min.session.timeout.ms", "1000",
                "group.streams.min.session.timeout.ms", "1000",
                "group.streams.session.timeout.ms", "3000"));
    createTopics(broker.bootstrapServers());
    publish(1);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "streams"})
  void aStandbyAnswersForAnInstanceThatWasKilled(String protocol) throws Exception {
    List<String> settings = new ArrayList<>(List.of("group.protocol=" + protocol));
    if (protocol.equals("classic")) {
      settings.add("standby.replicas=1");
      settings.add("kafka.consumer.session.timeout.ms=3000");
      settings.add("kafka.consumer.heartbeat.interval.ms=500");
    } else {
      askBrokerForStandbys();
    }
    Files.createDirectories(dir.resolve("one"));
    AppProcess one = new AppProcess(dir.resolve("one"), broker.bootstrapServers(), all(settings));
    one.start();
    try (StreamsApp two = app("two", settings)) {
      two.awaitRunning(Duration.ofMinutes(2));
      reached(() -> tasks("one/state") == TASKS && tasks("two") == TASKS);
      reached(() -> own(two) > 0 && own(two) < 11 && pop(two) == ARTISTS);
      one.kill();
      // what the first had not committed yet when it was killed, the second works through again
      reached(() -> own(two) == 11 && pop(two) == ARTISTS);
      publish(2);
      reached(() -> followers(two) == 2 * ARTISTS);
    } finally {
      one.kill();
    }
  }

  @Test
  void theGenresOfAStaticMemberWaitForItsReturn() throws Exception {
    List<String> settings = List.of("kafka.consumer.session.timeout.ms=60000");
    List<String> first = withInstance(settings, "first");
    List<String> second = withInstance(settings, "second");
    try (StreamsApp one = app("one", first)) {
      one.awaitRunning(Duration.ofMinutes(2));
      int genres;
      try (StreamsApp two = app("two", second)) {
        two.awaitRunning(Duration.ofMinutes(2));
        reached(() -> own(one) > 0 && own(two) == 11 - own(one) && pop(one) == ARTISTS);
        genres = own(one);
      }
      assertThat(staticMembers()).containsExactly("first-1", "second-1");
      assertThat(own(one)).isEqualTo(genres);
      try (StreamsApp again = app("two", second)) {
        again.awaitRunning(Duration.ofMinutes(2));
        publish(2);
        reached(() -> followers(one) == 2 * ARTISTS && followers(again) == 2 * ARTISTS);
        assertThat(own(one)).isEqualTo(genres);
        assertThat(own(again)).isEqualTo(11 - genres);
      }
    }
  }

  /** Names under which the group knows its members, running or not. */
  private List<String> staticMembers() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      return admin
          .describeClassicGroups(List.of(APPLICATION))
          .all()
          .get()
          .get(APPLICATION)
          .members()
          .stream()
          .map(member -> member.groupInstanceId().orElse("none"))
          .sorted()
          .toList();
    }
  }

  private void askBrokerForStandbys() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.GROUP, APPLICATION),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("streams.num.standby.replicas", "1"),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  private static List<String> withInstance(List<String> settings, String name) {
    List<String> all = new ArrayList<>(settings);
    all.add("instance.id=" + name);
    return all;
  }

  private static List<String> all(List<String> settings) {
    List<String> all = new ArrayList<>(settings);
    all.addAll(
        List.of(
            "application.id=" + APPLICATION,
            "commit.interval=PT0.2S",
            "http.port=0",
            "kafka.acceptable.recovery.lag=9223372036854775807"));
    return all;
  }

  private StreamsApp app(String name, List<String> settings) {
    Map<String, String> given = new HashMap<>();
    all(settings)
        .forEach(s -> given.put(s.substring(0, s.indexOf('=')), s.substring(s.indexOf('=') + 1)));
    given.put("bootstrap.servers", broker.bootstrapServers());
    given.put("state.dir", dir.resolve(name).toString());
    return StreamsApp.start(StreamsSettings.of(given));
  }

  /** Tasks that an instance keeps state of, active or standby. */
  private long tasks(String stateDir) {
    Path application = dir.resolve(stateDir).resolve(APPLICATION);
    if (!Files.isDirectory(application)) {
      return 0;
    }
    try (Stream<Path> tasks = Files.list(application)) {
      return tasks.filter(t -> Files.isDirectory(t.resolve("log"))).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every artist carries pop and one of ten other genres. */
  private void publish(int followers) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < ARTISTS; i++) {
        String json =
            "{\"id\":\"a%d\",\"name\":\"N\",\"genres\":[\"pop\",\"g %d\"],\"followers\":%d}"
                .formatted(i, i % 10, followers);
        var unused =
            producer.send(
                new ProducerRecord<>(
                    "artist-updates", ("a" + i).getBytes(UTF_8), json.getBytes(UTF_8)));
      }
      producer.flush();
    }
  }

  private long pop(StreamsApp app) {
    return ask(app, "/genres/pop", false).path("artists").asLong(-1);
  }

  private long followers(StreamsApp app) {
    return ask(app, "/genres/pop", false).path("followers").asLong(-1);
  }

  /** Genres on this instance alone, as another instance asks for them; -1 while it cannot tell. */
  private int own(StreamsApp app) {
    JsonNode genres = ask(app, "/genres", true);
    return genres.isArray() ? genres.size() : -1;
  }

  private JsonNode ask(StreamsApp app, String question, boolean forwarded) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(app.questions().orElseThrow() + question));
    if (forwarded) {
      request.header("Crescendo-Forwarded", "1");
    }
    try {
      return new JsonMapper()
          .readTree(client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
