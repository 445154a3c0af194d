package io.crescendo.stack.streams;

import static io.crescendo.stack.streams.ExactlyOnceIT.createTopics;
import static io.crescendo.stack.streams.ExactlyOnceIT.lastRows;
import static io.crescendo.stack.streams.ExactlyOnceIT.reached;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import io.crescendo.schemas.GenreFollowers;
import io.crescendo.stack.Ports;
import io.crescendo.stack.TestKafka;
import io.crescendo.streams.RejectsCommand;
import io.crescendo.streams.StreamsApp;
import io.crescendo.streams.StreamsSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  private final Map<StreamsApp, URI> addresses = new HashMap<>();
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
      send("a" + i, artist("a" + i, "\"pop\",\"r/b|%d\"".formatted(i % 10), i));
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
            String genre = URLEncoder.encode("r/b|" + i, UTF_8);
            assertThat(json(app, "/genres/" + genre).get("artists").asInt()).isEqualTo(6);
            assertThat(raw(app, "/genres/r%2Fb|" + i)).startsWith("HTTP/1.1 200 ");
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
  void answersWhileAnInstanceOnlyWarmsUp() {
    // So many that every partition has state, which a new instance would have to copy first.
    for (int i = 0; i < 40; i++) {
      send("a" + i, artist("a" + i, "\"g %d\"".formatted(i), i));
    }
    Map<String, String> slow =
        Map.of(
            "kafka.acceptable.recovery.lag", "0",
            "kafka.max.warmup.replicas", "8",
            "kafka.probing.rebalance.interval.ms", "3600000");
    try (StreamsApp one = app("one", "classic", slow)) {
      one.awaitRunning(Duration.ofSeconds(60));
      reached(() -> own(one) == 40);
      try (StreamsApp two = app("two", "classic", slow)) {
        two.awaitRunning(Duration.ofSeconds(60));
        reached(() -> copies("two") > 0);
        reached(() -> get(one, "/genres").statusCode() == 200);
        reached(() -> get(two, "/genres").statusCode() == 200);
        assertThat(json(two, "/genres")).isEqualTo(json(one, "/genres")).hasSize(40);
        assertThat(own(two)).as("it works on no genres yet").isNotPositive();
      }
    }
  }

  @Test
  void tellsNoPartOfTheGenresWhereInstancesShareAnAddress() {
    for (int i = 0; i < 40; i++) {
      send("a" + i, artist("a" + i, "\"g %d\"".formatted(i), i));
    }
    try (StreamsApp one = appAt("127.0.0.1:1", "one")) {
      one.awaitRunning(Duration.ofSeconds(60));
      try (StreamsApp two = appAt("127.0.0.1:1", "two")) {
        two.awaitRunning(Duration.ofSeconds(60));
        reached(() -> own(one) > 0 && own(two) > 0 && own(one) + own(two) == 40);
        for (StreamsApp app : List.of(one, two)) {
          HttpResponse<String> reply = get(app, "/genres");
          assertThat(reply.statusCode()).isEqualTo(503);
          assertThat(reply.headers().firstValue("Retry-After")).contains("1");
          assertThat(reply.body()).contains("set http.advertised on each");
        }
      }
      reached(() -> get(one, "/genres").statusCode() == 200);
      assertThat(json(one, "/genres")).hasSize(40);
    }
  }

  /** Another instance stands at the address of the first one, and answers as it likes. */
  @Test
  void passesOnWhenToAskAgainAndTrustsNoListThatSaysNotWhatItHolds() throws Exception {
    for (int i = 0; i < 40; i++) {
      send("a" + i, artist("a" + i, "\"g %d\"".formatted(i), i));
    }
    HttpServer other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    other.createContext(
        "/",
        exchange -> {
          boolean list = exchange.getRequestURI().getPath().equals("/genres");
          byte[] body = "[]".getBytes(UTF_8);
          exchange.getResponseHeaders().set("Retry-After", "7");
          exchange.sendResponseHeaders(list ? 200 : 503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    other.start();
    try (StreamsApp one = appAt("127.0.0.1:" + other.getAddress().getPort(), "one")) {
      one.awaitRunning(Duration.ofSeconds(60));
      try (StreamsApp two = app("two", "classic")) {
        two.awaitRunning(Duration.ofSeconds(60));
        reached(() -> own(one) > 0 && own(two) > 0 && own(one) + own(two) == 40);
        assertThat(IntStream.range(0, 40).mapToObj(i -> get(two, "/artists/a" + i)))
            .anySatisfy(
                reply -> {
                  assertThat(reply.statusCode()).isEqualTo(503);
                  assertThat(reply.headers().firstValue("Retry-After")).contains("7");
                });
        HttpResponse<String> genres = get(two, "/genres");
        assertThat(genres.statusCode()).isEqualTo(503);
        assertThat(genres.body()).contains("set http.advertised on each");
      }
    } finally {
      other.stop(0);
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
    return app(name, protocol, Map.of());
  }

  private StreamsApp app(String name, String protocol, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("application.id", "asked");
    settings.put("state.dir", dir.resolve(name).toString());
    settings.put("commit.interval", "PT0.2S");
    settings.put("http.port", "0");
    settings.put("group.protocol", protocol);
    // Partitions move at once, rather than after the state has warmed up.
    settings.put("kafka.acceptable.recovery.lag", "9223372036854775807");
    settings.putAll(more);
    return StreamsApp.start(StreamsSettings.of(settings));
  }

  /** An app that says it is reached at another address than the one it listens on. */
  private StreamsApp appAt(String advertised, String name) {
    int port = Ports.anyFree().kafka();
    StreamsApp app =
        app(
            name,
            "classic",
            Map.of("http.advertised", advertised, "http.port", Integer.toString(port)));
    addresses.put(app, URI.create("http://127.0.0.1:" + port));
    return app;
  }

  /** Partitions of genres that an instance keeps a copy of. */
  private long copies(String name) {
    Path application = dir.resolve(name).resolve("asked");
    try (Stream<Path> tasks = Files.list(application)) {
      return tasks.filter(task -> Files.isDirectory(task.resolve("log/genre-reports"))).count();
    } catch (IOException e) {
      return 0;
    }
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

  /** As clients ask that encode only some of what has to be. */
  private String raw(StreamsApp app, String path) throws IOException {
    URI address = uri(app, "");
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String request = "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.formatted(path).getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private URI uri(StreamsApp app, String question) {
    return URI.create(addresses.getOrDefault(app, app.questions().orElseThrow()) + question);
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
