package io.crescendo.refresh;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class FailureNoticeTest {

  private static final RunRecord FAILED =
      new RunLog("test", new TestClock())
          .end(Outcome.QUERY_FAILED, "query x", "it's \"$(broken)\"");

  @TempDir private Path directory;

  /** What arrives where the first requests are answered with an error. */
  private static List<String> post(int errors, List<Duration> pauses) throws Exception {
    List<String> bodies = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            bodies.add(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(bodies.size() <= errors ? 500 : 204, -1);
          }
        });
    server.start();
    try {
      URI url = URI.create("http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort()));
      new FailureWebhook(url, pauses::add).accept(FAILED);
    } finally {
      server.stop(0);
    }
    return bodies;
  }

  @Test
  void postsTheRecord() throws Exception {
    assertThat(post(0, new ArrayList<>())).containsExactly(Json.text(FAILED));
  }

  @Test
  void postsAgainUntilItIsReceivedThreeTimesAtMost() throws Exception {
    List<Duration> pauses = new ArrayList<>();
    assertThat(post(2, pauses)).hasSize(3);
    assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(post(9, pauses)).hasSize(3);
  }

  @Test
  void survivesThatNobodyListens() {
    new FailureWebhook(URI.create("http://127.0.0.1:1/hook"), time -> {}).accept(FAILED);
  }

  private static List<String> problems(String url) {
    List<String> problems = new ArrayList<>();
    CommandLine.populateCommand(new FailureOptions(), "--on-failure-url", url).check(problems);
    return problems;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://host:99999/secret",
        "http://host:0/secret",
        "http:///secret",
        "ftp://host/secret"
      })
  void refusesAnAddressThatNobodyCanBeToldAt(String url) {
    assertThat(problems(url))
        .containsExactly(
            "--on-failure-url must be an http or https URL with a host, and with a port from 1 to"
                + " 65535 if it names one");
  }

  @Test
  void takesAnAddressWithAndWithoutAPort() {
    assertThat(problems("https://host/hook")).isEmpty();
    assertThat(problems("https://host:65535/hook")).isEmpty();
  }

  @Test
  void tellsTheOthersAfterOneThatFails() {
    List<RunRecord> told = new ArrayList<>();
    CommandSpec spec = CommandSpec.create();
    new CommandLine(spec).setErr(new PrintWriter(new StringWriter()));

    int exitCode =
        RefreshCommand.tell(
            FAILED,
            List.of(
                run -> {
                  throw new IllegalArgumentException("http://host/secret");
                },
                told::add),
            spec);

    assertThat(exitCode).isEqualTo(4);
    assertThat(told).containsExactly(FAILED);
  }

  @Test
  void givesTheRecordToACommandAsDataOnly() throws Exception {
    Path file = directory.resolve("notice");

    new FailureCommand(
            "cat > '%1$s'; printf '%%s|%%s|%%s' \"$CRESCENDO_OUTCOME\" \"$CRESCENDO_STEP\" \"$CRESCENDO_REASON\" > '%1$s.env'"
                .formatted(file))
        .accept(FAILED);

    assertThat(Json.read(Files.readString(file), RunRecord.class)).isEqualTo(FAILED);
    assertThat(Files.readString(Path.of(file + ".env")))
        .isEqualTo("query_failed|query x|it's \"$(broken)\"");
  }

  @Test
  void killsACommandThatTakesTooLong() {
    Set<ProcessHandle> before = ProcessHandle.current().descendants().collect(toSet());
    Duration patience = Duration.ofSeconds(1);

    new FailureCommand("sleep 600; true", patience).accept(FAILED);

    List<ProcessHandle> left =
        ProcessHandle.current().descendants().filter(p -> !before.contains(p)).toList();
    assertThat(left).allSatisfy(p -> assertThat(p.onExit()).succeedsWithin(Duration.ofSeconds(30)));
  }
}
