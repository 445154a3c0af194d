package io.crescendo.stack.streams;

import static io.crescendo.stack.streams.ExactlyOnceIT.createTopics;
import static io.crescendo.stack.streams.ExactlyOnceIT.lastRows;
import static io.crescendo.stack.streams.ExactlyOnceIT.reached;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crescendo.schemas.GenreFollowers;
import io.crescendo.stack.TestKafka;
import io.crescendo.streams.RejectsCommand;
import io.crescendo.streams.StreamsApp;
import io.crescendo.streams.StreamsSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What instances answer, and what becomes of rejects that are sent back. */
class QuestionsIT {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path dir;
  private final HttpClient client = HttpClient.newHttpClient();
  private TestKafka broker;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void start() {
    broker = TestKafka.start(dir.resolve("kafka"));
    createTopics(broker.bootstrapServers());
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void stop() throws Exception {
    producer.close();
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "streams"})
  void answersEverythingFromEveryInstance(String protocol) throws Exception {
    for (int i = 0; i < 60; i++) {
      send("a" + i, artist("a" + i, "\"pop\",\"r/b %d\"".formatted(i % 10), i));
    }
    try (StreamsApp one = app("one", protocol)) {
      one.awaitRunning(Duration.ofSeconds(60));
      try (StreamsApp two = app("two", protocol)) {
        two.awaitRunning(Duration.ofSeconds(60));
        reached(() -> agreeOn(one, two, "/genres"));
        for (StreamsApp app : List.of(one, two)) {
          JsonNode pop = json(app, "/genres/POP");
          assertThat(pop.get("artists").asInt()).isEqualTo(60);
          assertThat(pop.get("followers").asInt()).isEqualTo(1_770);
          assertThat(pop.get("top_artist").get("id").asText()).isEqualTo("a59");
          assertThat(json(app, "/genres").get(0).get("genre").asText()).isEqualTo("pop");
          assertThat(json(app, "/genres").size()).isEqualTo(11);
          assertThat(json(app, "/genres?n=3").size()).isEqualTo(3);
          assertThat(json(app, "/genres/pop/top?n=2").get("artists").findValuesAsText("id"))
              .containsExactly("a59", "a58");
          for (int i = 0; i < 10; i++) {
            String genre = URLEncoder.encode("r/b " + i, UTF_8).replace("+", "%20");
            assertThat(json(app, "/genres/" + genre).get("artists").asInt()).isEqualTo(6);
            assertThat(json(app, "/artists/a" + i).get("followers").asInt()).isEqualTo(i);
          }
          assertThat(get(app, "/artists/nobody").statusCode()).isEqualTo(404);
          assertThat(get(app, "/genres/none/top").body())
              .isEqualTo("{\"status\":404,\"error\":\"No artist carries the genre 'none'\"}");
          assertThat(get(app, "/health/ready").statusCode()).isEqualTo(200);
          assertThat(get(app, "/metrics").body()).contains("kafka_stream_");
        }
        assertThat(own(one)).as("each holds a part of the genres").isBetween(1, 10);
      }
      reached(() -> own(one) == 11);
      assertThat(json(one, "/genres/pop").get("artists").asInt()).isEqualTo(60);
    }
  }

  @Test
  void takesCorrectedRejectsBack() throws Exception {
    try (StreamsApp app = app("one", "classic")) {
      app.awaitRunning(Duration.ofSeconds(60));
      send("x1", artist("x1", "\"pop\"", -5));
      send(null, "garbage");
      send(null, null);
      reached(() -> rejects("list").lines().count() == 3);
      Path file = dir.resolve("rejects.jsonl");
      String lines = rejects("list", "--reason", "out_of_range");
      Files.writeString(file, lines.replace("\"followers\":-5", "\"followers\":5"));
      // A newer observation of the same artist comes before the corrected one.
      send("x1", artist("x1", "\"pop\"", 7));
      assertThat(rejects("replay", "--file", file.toString(), "--dry-run"))
          .isEqualTo("Would send 1 reject to artist-updates");
      assertThat(rejects("replay", "--file", file.toString()))
          .isEqualTo("Sent 1 reject to artist-updates");
      reached(() -> totals().containsKey("pop") && updatesOf(app, "x1") == 2);
      assertThat(json(app, "/artists/x1").get("followers").asInt()).isEqualTo(7);
      assertThat(rejects("replay", "--all")).isEqualTo("Sent 3 rejects to artist-updates");
      reached(() -> rejects("list").lines().count() == 6);
      assertThat(totals().get("pop").getFollowers()).isEqualTo(7);
    }
  }

  private long updatesOf(StreamsApp app, String artist) {
    return json(app, "/artists/" + artist).path("updates").asLong();
  }

  private Map<String, GenreFollowers> totals() {
    return lastRows(broker.bootstrapServers());
  }

  private String rejects(String... arguments) {
    StringWriter out = new StringWriter();
    String[] all =
        java.util.stream.Stream.concat(
                java.util.Arrays.stream(arguments),
                java.util.stream.Stream.of("--bootstrap-server", broker.bootstrapServers()))
            .toArray(String[]::new);
    int code = new CommandLine(new RejectsCommand()).setOut(new PrintWriter(out)).execute(all);
    assertThat(code).isZero();
    return out.toString().strip();
  }

  private StreamsApp app(String name, String protocol) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("application.id", "asked");
    settings.put("state.dir", dir.resolve(name).toString());
    settings.put("commit.interval", "PT0.2S");
    settings.put("http.port", "0");
    settings.put("group.protocol", protocol);
    // Partitions move at once, rather than after the state has warmed up.
    settings.put("kafka.acceptable.recovery.lag", "9223372036854775807");
    return StreamsApp.start(StreamsSettings.of(settings));
  }

  /** Genres on this instance alone, as another instance asks for them. */
  private int own(StreamsApp app) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(uri(app, "/genres")).header("Crescendo-Forwarded", "1").build();
      HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
      return reply.statusCode() == 200 ? JSON.readTree(reply.body()).size() : -1;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private boolean agreeOn(StreamsApp one, StreamsApp two, String question) {
    HttpResponse<String> first = get(one, question);
    HttpResponse<String> second = get(two, question);
    return first.statusCode() == 200
        && first.body().equals(second.body())
        && own(one) > 0
        && own(two) > 0
        && carried(first.body()) == 120;
  }

  /** Genres that artists carry, counted once for each artist: 60 carry pop and another one each. */
  private static long carried(String genres) {
    try {
      long sum = 0;
      for (JsonNode genre : JSON.readTree(genres)) {
        sum += genre.get("artists").asLong();
      }
      return sum;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode json(StreamsApp app, String question) {
    try {
      return JSON.readTree(get(app, question).body());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> get(StreamsApp app, String question) {
    try {
      return client.send(
          HttpRequest.newBuilder(uri(app, question)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static URI uri(StreamsApp app, String question) {
    return URI.create(app.questions().orElseThrow() + question);
  }

  private void send(String key, String value) {
    producer.send(
        new ProducerRecord<>(
            "artist-updates",
            key == null ? null : key.getBytes(UTF_8),
            value == null ? null : value.getBytes(UTF_8)));
    producer.flush();
  }

  private static String artist(String id, String genres, int followers) {
    return "{\"id\":\"%s\",\"name\":\"N\",\"genres\":[%s],\"followers\":%d}"
        .formatted(id, genres, followers);
  }
}
