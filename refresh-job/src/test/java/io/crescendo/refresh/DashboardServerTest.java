package io.crescendo.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardServerTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path directory;
  private TestStore store;
  private DashboardServer server;

  @BeforeEach
  void start() {
    store = new TestStore(directory);
    server = serve(store.settings());
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
  }

  private DashboardServer serve(RefreshSettings settings) {
    return DashboardServer.start(store.client(), settings, DashboardServer.DEFAULT_HOST, 0);
  }

  private static HttpResponse<String> get(DashboardServer asked, String path) throws Exception {
    URI uri = URI.create(asked.address().toString().replaceAll("/$", "") + path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return get(server, path);
  }

  private static JsonNode json(HttpResponse<String> response) {
    return Json.read(response.body(), JsonNode.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/status", "/nothing", "/api/runs/run-1/totals"})
  void tellsBrowsersToTrustNothingElse(String path) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().firstValue("Server")).isEmpty();
  }

  @Test
  void saysThatThereIsNoRunYet() throws Exception {
    JsonNode status = json(get("/api/status"));

    assertThat(status.get("dashboard").isNull()).isTrue();
    assertThat(status.get("runs")).isEmpty();
    assertThat(status.get("read_at").asText()).endsWith("Z");
  }

  @Test
  void servesTheRunThatTheJobLeft() throws Exception {
    new TestWarehouse(5, 40).land(store, directory);
    try (RefreshJob job = new RefreshJob(store.client(), store.settings())) {
      RunRecord run = job.run();

      JsonNode status = json(get("/api/status"));
      HttpResponse<String> totals = get("/api/runs/" + run.run() + "/totals");

      assertThat(status.at("/dashboard/run").asText()).isEqualTo(run.run());
      assertThat(status.at("/dashboard/queries"))
          .extracting(JsonNode::asText)
          .contains("landed")
          .containsAll(Queries.bundled().stream().map(Query::name).toList());
      assertThat(status.at("/runs/0/outcome").asText()).isEqualTo("succeeded");
      assertThat(json(totals).at("/rows/0/0").asLong())
          .isEqualTo(job.results().get("totals").value(0, "artists"));
      assertThat(totals.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
      assertThat(json(get("/api/runs/" + run.run() + "/landed")).get("rows").toString())
          .as("what the run's freshness comes from")
          .contains(
              run.tables().stream().map(t -> "[\"%s\",%d,".formatted(t.name(), t.rows())).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/runs/run-1/totals",
        "/api/runs/..%2F..%2F/lease",
        "/api/runs/run-1/..%2F..%2Findex",
        "/nothing",
        "/page/index.html"
      })
  void knowsNothingElse(String path) throws Exception {
    assertThat(get(path).statusCode()).isBetween(400, 404);
  }

  @Test
  void saysWhichRunHasNoSuchQuery() throws Exception {
    HttpResponse<String> response = get("/api/runs/run-1/totals");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(json(response).get("error").asText())
        .isEqualTo("Run 'run-1' has no query 'totals', or a newer run replaced it");
  }

  @Test
  void givesTheRowsOfAQueryAsAFile() throws Exception {
    TestWarehouse warehouse = new TestWarehouse(3, 20);
    warehouse.land(store, directory);
    try (RefreshJob job = new RefreshJob(store.client(), store.settings())) {
      String run = job.run().run();

      HttpResponse<String> file = get("/api/runs/%s/totals.csv".formatted(run));

      assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
          .isEqualTo("attachment; filename=\"crescendo-totals-%s.csv\"".formatted(run));
      assertThat(file.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
      assertThat(file.body())
          .startsWith("\uFEFFartists,")
          .contains("\r\n%d,".formatted(warehouse.latest().size()));
    }
  }

  @Test
  void givesEveryRowOfARunHoweverManyThereAre() throws Exception {
    int many = Explorer.MOST_ROWS + 5;
    new ResultsBucket(store.client(), "results")
        .put(
            JsonDashboard.key("run-1", "genres"),
            Json.text(
                new JsonDashboard.Document(
                    "run-1",
                    "genres",
                    "Genres",
                    "All",
                    Query.Chart.TABLE,
                    "SELECT n",
                    List.of(new Column("n", "bigint")),
                    LongStream.range(0, many).mapToObj(n -> List.<Object>of(n)).toList())));

    assertThat(get("/api/runs/run-1/genres.csv").body().lines()).hasSize(many + 1);
    JsonNode first = json(get("/api/runs/run-1/genres?limit=7"));
    assertThat(first.get("rows")).hasSize(7);
    assertThat(first.get("total_rows").asInt()).isEqualTo(many);
    assertThat(get("/api/runs/run-1/genres?limit=0").statusCode()).isEqualTo(400);
    assertThat(get("/api/runs/run-1/genres?limit=99999").statusCode()).isEqualTo(400);
  }

  @Test
  void namesEveryParameterThatBreaksARule() throws Exception {
    HttpResponse<String> response = get("/api/runs/run-1/totals?days=5&colour=red");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).get("error").asText()).contains("'days'", "'colour'");
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(server.address().resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/page.js",
        "/api/status",
        "/metrics",
        "/nothing",
        "/api/nothing",
        "/api/runs/run-1/totals",
        "/api/runs/run-1/totals?days=5"
      })
  void answersHeadAsItAnswersGet(String path) throws Exception {
    HttpResponse<String> get = get(path);
    HttpResponse<String> head = ask("HEAD", path);

    assertThat(head.statusCode()).isEqualTo(get.statusCode());
    for (String name : List.of("Content-Type", "Cache-Control")) {
      assertThat(head.headers().firstValue(name)).isEqualTo(get.headers().firstValue(name));
    }
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/nothing", "/api/runs/run-1", "/api/runs/run-1/totals"})
  void saysInJsonThatThereIsNoSuchThing(String path) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(json(response).get("error").asText()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void canOnlyBeRead(String method) throws Exception {
    HttpResponse<String> response = ask(method, "/api/status");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,200",
    "LocalHost,200",
    "127.0.0.1,200",
    "[::1],200",
    "evil.example,403",
    "127.0.0.1.evil.example,403"
  })
  void answersOnlyUnderTheNamesOfThisMachine(String name, int expected) throws Exception {
    assertAnswered("127.0.0.1", server.port(), name, expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0,lake.example,200",
    "0.0.0.0,Lake.Example,200",
    "0.0.0.0,localhost,200",
    "0.0.0.0,[fd00::1f],200",
    "0.0.0.0,evil.example,403",
    "127.0.0.2,127.0.0.2,200"
  })
  void answersUnderTheNamesThatItIsGivenWhereverItListens(String host, String name, int expected)
      throws Exception {
    try (DashboardServer other =
        DashboardServer.start(
            store.client(), store.settings(), host, 0, List.of("lake.example", "fd00::1F"))) {
      assertAnswered(host, other.port(), name, expected);
    }
  }

  private static void assertAnswered(String address, int port, String name, int expected)
      throws Exception {
    assertThat(raw(address, port, "/api/status", "%s:%d".formatted(name, port)))
        .startsWith("HTTP/1.1 " + expected);
  }

  /** The answer to a request that no client library would send. */
  private static String raw(String address, int port, String path, String host) throws Exception {
    try (Socket socket = new Socket(address, port)) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(path, host)
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return new String(
          socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @Test
  void answersWhatItCannotReadAsItAnswersItsOtherFailures() throws Exception {
    String tooLong = "/api/status?" + "x".repeat(20_000);
    for (String[] asked :
        new String[][] {
          {"/api/%zz", "localhost", "400"},
          {"/api/status", "local host", "400"},
          {tooLong, "localhost", "414"}
        }) {
      assertThat(raw("127.0.0.1", server.port(), asked[0], asked[1]))
          .startsWith("HTTP/1.1 " + asked[2])
          .contains("\r\nContent-Type: application/json\r\n")
          .contains("\r\nX-Content-Type-Options: nosniff\r\n", "\r\nCache-Control: no-store\r\n")
          .containsPattern("\r\n\r\n\\{\"error\":\"[^\"]+\"}$")
          .doesNotContain("<html", "Jetty");
    }
  }

  @Test
  void saysWhenTheStoreCannotBeRead() throws Exception {
    try (DashboardServer broken = serve(store.settings().withBuckets("warehouse", "no-bucket"))) {
      HttpResponse<String> response = get(broken, "/api/status");

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(json(response).get("error").asText()).contains("s3://no-bucket");
    }
  }

  @Test
  void listensOnLoopbackOnly() throws Exception {
    assertThat(server.address().getHost()).isEqualTo("127.0.0.1");
    InetAddress other = InetAddress.getByName("127.0.0.2");
    // another address of this machine: a server on all addresses would answer there
    try (Socket socket = new Socket()) {
      assertThatThrownBy(() -> socket.connect(new InetSocketAddress(other, server.port()), 2000))
          .isInstanceOf(java.io.IOException.class);
    }
  }

  @Test
  void namesThePortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();

      assertThatThrownBy(
              () ->
                  DashboardServer.start(
                      store.client(), store.settings(), DashboardServer.DEFAULT_HOST, port))
          .isInstanceOf(RefreshException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("choose another port");
    }
  }
}
