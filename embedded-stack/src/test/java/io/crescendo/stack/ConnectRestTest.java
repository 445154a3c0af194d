package io.crescendo.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a worker that plays a list of states: each is told once, the last one for ever. */
class ConnectRestTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Deque<String> states = new ArrayDeque<>();
  private final List<String> restarts = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger resumed = new AtomicInteger();
  private HttpServer worker;
  private ConnectRest rest;

  @BeforeEach
  void start() throws IOException {
    worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    worker.createContext("/", this::answer);
    worker.start();
    rest = new ConnectRest(URI.create("http://127.0.0.1:" + worker.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    worker.stop(0);
  }

  @Test
  void restartsATaskThatFailedBeforeAndWaitsForIt() {
    play(
        status("RUNNING", "FAILED"),
        // still that of before
        status("RUNNING", "FAILED"),
        status("RUNNING", "RESTARTING"),
        status("RUNNING", "RUNNING"));
    rest.deploy("sink", "{}", PATIENCE);
    assertThat(restarts).containsExactly("includeTasks=true&onlyFailed=true");
    assertThat(states).hasSize(1);
  }

  @Test
  void saysWhyATaskFailsAgain() {
    play(status("RUNNING", "FAILED"), status("RUNNING", "RESTARTING"), status("RUNNING", "FAILED"));
    assertThatThrownBy(() -> rest.deploy("sink", "{}", PATIENCE))
        .isInstanceOf(StackException.class)
        .hasMessage("Task 0 of connector 'sink' failed: trace of the task");
    assertThat(restarts).hasSize(1);
  }

  @Test
  void saysWhyTheConnectorItselfFailsAgainThoughItHasNoTasks() {
    play(status("FAILED"), status("RESTARTING"), status("FAILED"));
    assertThatThrownBy(() -> rest.deploy("sink", "{}", PATIENCE))
        .isInstanceOf(StackException.class)
        .hasMessage("Connector 'sink' failed: trace of the connector");
  }

  @Test
  void resumesAConnectorThatWasPausedBefore() {
    play(
        status("PAUSED", "PAUSED"),
        // still that of before
        status("PAUSED", "PAUSED"),
        status("RUNNING", "RUNNING"));
    rest.deploy("sink", "{}", Duration.ofSeconds(5));
    assertThat(resumed).hasValue(1);
  }

  @Test
  void tellsThatAConnectorIsPausedOrStopped() {
    play(status("PAUSED", "PAUSED"), status("STOPPED"), status("RUNNING", "RUNNING"));
    assertThat(rest.halted("sink")).contains("paused");
    assertThat(rest.halted("sink")).contains("stopped");
    assertThat(rest.halted("sink")).isEmpty();
  }

  @Test
  void tellsOfAFailureAtAnyTime() {
    play(status("RUNNING", "RUNNING"), status("RUNNING", "FAILED"));
    assertThat(rest.failure("sink")).isEmpty();
    assertThat(rest.failure("sink"))
        .contains("Task 0 of connector 'sink' failed: trace of the task");
  }

  @Test
  void tellsATraceInWords() {
    String trace =
        """
        org.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask.
        \tat org.apache.kafka.connect.runtime.WorkerSinkTask.poll(WorkerSinkTask.java:359)
        Caused by: org.apache.kafka.connect.errors.ConnectException: a.parquet was not landed: PUT failed
        \tat io.crescendo.connect.s3.Landing.report(Landing.java:152)
        \t... 11 more
        Caused by: io.crescendo.connect.s3.store.StoreException: PUT failed
        \t... 3 more
        Caused by: java.io.FileNotFoundException: /x
        \t... 14 more
        """;
    play(
        status("RUNNING", "FAILED")
            .replace("trace of the task", trace.replace("\n", "\\n").replace("\t", "\\t")));
    assertThat(rest.failure("sink"))
        .contains(
            "Task 0 of connector 'sink' failed: Exiting WorkerSinkTask: a.parquet was not landed:"
                + " PUT failed: java.io.FileNotFoundException: /x");
  }

  private void play(String... wanted) {
    states.addAll(List.of(wanted));
  }

  private static String status(String connector) {
    return "{\"connector\":{\"state\":\"%s\",\"trace\":\"trace of the connector\"},\"tasks\":[]}"
        .formatted(connector);
  }

  private static String status(String connector, String task) {
    return status(connector)
        .replace(
            "[]", "[{\"id\":0,\"state\":\"%s\",\"trace\":\"trace of the task\"}]".formatted(task));
  }

  private void answer(HttpExchange request) throws IOException {
    String path = request.getRequestURI().getPath();
    String body = "{}";
    if (path.endsWith("/status")) {
      body = states.size() > 1 ? states.pop() : states.peek();
    } else if (path.endsWith("/restart")) {
      restarts.add(request.getRequestURI().getQuery());
    } else if (path.endsWith("/resume")) {
      resumed.incrementAndGet();
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    request.sendResponseHeaders(200, bytes.length);
    request.getResponseBody().write(bytes);
    request.close();
  }
}
