package io.crescendo.streams;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What it answers before there is state; the rest needs brokers. */
class QuestionServerTest {

  private static final HttpSettings ANY_PORT = new HttpSettings("127.0.0.1", 0, Optional.empty());

  private final Measures measures = new Measures();
  private final QuestionServer server = QuestionServer.start(ANY_PORT, measures);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    server.close();
    measures.close();
  }

  @Test
  void isAliveButNotReadyWhileTheAppStarts() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> ready = get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).isEqualTo("{\"state\":\"created\"}");
    HttpResponse<String> genres = get("/genres");
    assertThat(genres.statusCode()).isEqualTo(503);
    assertThat(genres.headers().firstValue("Retry-After")).contains("1");
    assertThat(genres.body())
        .isEqualTo("{\"status\":503,\"error\":\"The app is starting; ask again in a moment\"}");
  }

  @Test
  void answersMistakesInJson() throws Exception {
    assertThat(get("/genres?n=0").body())
        .isEqualTo(
            "{\"status\":400,\"error\":\"n must be a whole number from 1 to 10000, got '0'\"}");
    assertThat(get("/genres/pop/top?n=x").statusCode()).isEqualTo(400);
    assertThat(get("/genres/%20").statusCode()).isEqualTo(400);
    HttpResponse<String> nowhere = get("/nowhere");
    assertThat(nowhere.statusCode()).isEqualTo(404);
    assertThat(nowhere.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(nowhere.body()).contains("There is no such path; see /openapi.json");
    HttpRequest post =
        HttpRequest.newBuilder(uri("/genres")).POST(HttpRequest.BodyPublishers.noBody()).build();
    assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  @Test
  void answersHeadAsItAnswersGet() throws Exception {
    for (String path : List.of("/health/live", "/health/ready", "/genres", "/genres/pop/top?n=0")) {
      HttpResponse<String> get = get(path);
      HttpRequest request =
          HttpRequest.newBuilder(uri(path))
              .method("HEAD", HttpRequest.BodyPublishers.noBody())
              .build();
      HttpResponse<String> head = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
      assertThat(head.headers().firstValue("Content-Type"))
          .as(path)
          .isEqualTo(get.headers().firstValue("Content-Type"));
      assertThat(head.body()).as(path).isEmpty();
    }
  }

  @Test
  void takesGenresWithSlashes() throws Exception {
    assertThat(get("/genres/a%2Fb").body()).contains("The app is starting");
  }

  @Test
  void answersInJsonWhatIsNoEncodedPath() throws Exception {
    for (String path : List.of("/genres/%zz", "/genres/%u0041", "/genres/%FF", "/artists/a%00b")) {
      assertThat(raw("GET " + path + " HTTP/1.1", "127.0.0.1"))
          .as(path)
          .startsWith("HTTP/1.1 400 ")
          .contains("Content-Type: application/json")
          .contains("{\"status\":400,\"error\":\"")
          .doesNotContain("<");
    }
  }

  @Test
  void refusesAQueryThatIsNoEncodedText() throws Exception {
    for (String query : List.of("n=%zz", "n=%", "n=5&n=%4", "%zz=5")) {
      for (String path : List.of("/genres", "/genres/pop/top")) {
        assertThat(raw("GET " + path + "?" + query + " HTTP/1.1", "127.0.0.1"))
            .as("%s?%s", path, query)
            .startsWith("HTTP/1.1 400 ")
            .endsWith(
                "{\"status\":400,\"error\":\"The query must be percent-encoded, got '"
                    + query
                    + "'\"}");
      }
    }
    assertThat(raw("GET /genres?n=%35 HTTP/1.1", "127.0.0.1")).startsWith("HTTP/1.1 503 ");
  }

  @Test
  void answersOnlyUnderNamesOfThisMachine() throws Exception {
    for (String name : List.of("localhost", "127.0.0.1:8089", "[::1]:1")) {
      assertThat(raw("GET /health/live HTTP/1.1", name)).as(name).startsWith("HTTP/1.1 200 ");
    }
    for (String name : List.of("evil.example", "127.0.0.1.evil.example:8089", "localhost.evil")) {
      assertThat(raw("GET /health/live HTTP/1.1", name))
          .as(name)
          .startsWith("HTTP/1.1 403 ")
          .contains("{\"status\":403,\"error\":\"Ask for localhost");
    }
    HttpSettings elsewhere = new HttpSettings("127.0.0.1", 0, Optional.of("app-1.example:80"));
    assertThat(elsewhere.answers("app-1.example:80")).isTrue();
    assertThat(new HttpSettings("0.0.0.0", 0, Optional.of("a:1")).answers("10.0.0.7:1")).isTrue();
  }

  @Test
  void givesMetricsToPrometheus() throws Exception {
    measures.updates("accepted").increment();
    HttpResponse<String> metrics = get("/metrics");
    assertThat(metrics.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(metrics.body()).contains("crescendo_updates_total{outcome=\"accepted\"} 1.0");
  }

  @Test
  void describesEveryPathThatItAnswers() throws Exception {
    JsonNode paths =
        JsonMapper.builder().build().readTree(get("/openapi.json").body()).get("paths");
    Set<String> described = new TreeSet<>();
    paths.fieldNames().forEachRemaining(described::add);
    assertThat(described).isEqualTo(server.paths());
  }

  @Test
  void listensOnLoopbackOnly() throws Exception {
    int port = server.address().port();
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress())
            .toList();
    assumeThat(others).as("addresses of this machine beside loopback").isNotEmpty();
    for (InetAddress address : others) {
      assertThatThrownBy(() -> new Socket(address, port).close())
          .as("%s port %d", address, port)
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void saysWhenItsPortIsTaken() {
    int port = server.address().port();
    assertThatThrownBy(
            () ->
                QuestionServer.start(
                    new HttpSettings("127.0.0.1", port, Optional.empty()), measures))
        .isInstanceOf(StreamsStartException.class)
        .hasMessageStartingWith("Questions cannot be answered on 127.0.0.1:" + port)
        .hasMessageEndingWith("set http.port to another port, or to -1 for none");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** What a client sends that checks nothing itself. */
  private String raw(String request, String host) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.address().port())) {
      String all = request + "\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(all.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.address().port() + path);
  }
}
