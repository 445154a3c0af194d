package io.crescendo.refresh;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/**
 * An HTTP server on loopback that speaks the JSON protocols of Glue, Athena and QuickSight. It
 * answers as we read the services' documentation; it is no proof of how they behave.
 */
final class ScriptedAws implements AutoCloseable {

  static final String ACCOUNT = "123456789012";

  static {
    // else each answer waits for the client to acknowledge its head, up to 40 ms
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final String TARGET = "X-Amz-Target";

  final ScriptedGlue glue = new ScriptedGlue();
  final ScriptedAthena athena = new ScriptedAthena();
  final ScriptedQuickSight quickSight = new ScriptedQuickSight();
  final ScriptedAssets assets = new ScriptedAssets();
  final ScriptedBuckets buckets = new ScriptedBuckets();

  /** A clock for deadlines, which moves only as {@link #dayPassesAfter} says. */
  final TestClock clock = new TestClock();

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Deque<Refusal>> refusals = new ConcurrentHashMap<>();
  private final Set<String> slow = ConcurrentHashMap.newKeySet();
  private final Set<String> held = ConcurrentHashMap.newKeySet();
  private final HttpServer server;

  /** A request: the IAM action that it needs, and its body. */
  record Call(String action, JsonNode body) {}

  /** An answer that is an error of the service. */
  static final class Refusal extends RuntimeException {
    private final int status;
    private final String code;

    Refusal(int status, String code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }

  ScriptedAws() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/", this::handle);
    server.start();
    System.setProperty("aws.accessKeyId", TestStore.KEY);
    System.setProperty("aws.secretAccessKey", TestStore.SECRET);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  AwsSettings settings(String... dataSets) {
    return settings(AwsSettings.Recrawl.everything, dataSets);
  }

  AwsSettings settings(AwsSettings.Recrawl recrawl, String... dataSets) {
    return new AwsSettings(
        "us-east-1",
        new AwsSettings.Endpoints(endpoint(), endpoint(), endpoint()),
        "crescendo",
        "lake",
        "arn:aws:iam::123456789012:role/service-role/crawler",
        recrawl,
        AwsSettings.DEFAULT_FOLDERS,
        "primary",
        "s3://results/athena/",
        ACCOUNT,
        List.of(dataSets));
  }

  /** Clients that try again as often as the real ones, at once. */
  AwsClients clients() {
    return new AwsClients(
        settings(),
        AwsRetryStrategy.standardRetryStrategy().toBuilder()
            .maxAttempts(6)
            .backoffStrategy(BackoffStrategy.retryImmediately())
            .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
            .circuitBreakerEnabled(false)
            .build());
  }

  static Poller poller() {
    return new Poller(Duration.ofMillis(1), Duration.ofMillis(20));
  }

  /** Answers the next requests of an action with an error. */
  void refuse(String action, int times, int status, String code, String message) {
    Deque<Refusal> next = refusals.computeIfAbsent(action, a -> new ArrayDeque<>());
    for (int i = 0; i < times; i++) {
      next.add(new Refusal(status, code, message));
    }
  }

  /** Keeps the next answer to the action for longer than a second. */
  void holdNext(String action) {
    held.add(action);
  }

  /** From now on a day passes with every answer to the action. */
  void dayPassesAfter(String action) {
    slow.add(action);
  }

  List<Call> calls(String action) {
    return calls.stream().filter(c -> c.action().equals(action)).toList();
  }

  Set<String> actions() {
    Set<String> actions = new TreeSet<>();
    calls.forEach(c -> actions.add(c.action()));
    return actions;
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] bytes = exchange.getRequestBody().readAllBytes();
      String text = new String(bytes, StandardCharsets.UTF_8);
      String target = exchange.getRequestHeaders().getFirst(TARGET);
      if (target == null
          && !exchange.getRequestURI().getPath().matches("/(accounts|resources)/.*")) {
        answerS3(exchange, text);
        return;
      }
      JsonNode body = Json.read(text.isEmpty() ? "{}" : text, JsonNode.class);
      String action =
          target == null
              ? quickSight.action(exchange.getRequestMethod(), exchange.getRequestURI())
              : target.replace("AWSGlue.", "glue:").replace("AmazonAthena.", "athena:");
      calls.add(new Call(action, body));
      try {
        Deque<Refusal> next = refusals.get(action);
        if (next != null && !next.isEmpty()) {
          throw next.poll();
        }
        Object answer = answer(action, exchange.getRequestURI(), body);
        if (held.remove(action)) {
          LockSupport.parkNanos(Duration.ofMillis(1500).toNanos());
        }
        if (slow.contains(action)) {
          clock.advance(Duration.ofDays(1));
        }
        send(exchange, 200, answer);
      } catch (Refusal e) {
        exchange.getResponseHeaders().add("x-amzn-ErrorType", e.code);
        send(exchange, e.status, Map.of("__type", e.code, "message", e.getMessage()));
      }
    }
  }

  private void answerS3(HttpExchange exchange, String body) throws IOException {
    URI uri = exchange.getRequestURI();
    String action = buckets.action(exchange.getRequestMethod(), uri);
    calls.add(new Call(action, null));
    int status = 200;
    String answer;
    try {
      Deque<Refusal> next = refusals.get(action);
      if (next != null && !next.isEmpty()) {
        throw next.poll();
      }
      answer = buckets.answer(action, uri, body);
    } catch (Refusal e) {
      status = e.status;
      answer =
          "<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(e.code, e.getMessage());
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private Object answer(String action, URI uri, JsonNode body) {
    String operation = action.substring(action.indexOf(':') + 1);
    if (action.startsWith("glue:")) {
      return glue.answer(operation, body);
    }
    if (action.startsWith("athena:")) {
      return athena.answer(operation, body);
    }
    return action.endsWith("Ingestion")
        ? quickSight.answer(operation, uri)
        : assets.answer(operation, uri.getPath(), body);
  }

  private static void send(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = Json.text(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("x-amzn-RequestId", "request-1");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }
}
