package io.crescendo.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The part of the Connect REST API that the stack uses. */
public final class ConnectRest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final Pattern CLASS_NAME = Pattern.compile("\\A[\\w.$]+: ");

  /** Those whose messages are sentences that stand alone. */
  private static final Pattern OF_OURS =
      Pattern.compile("\\A(org\\.apache\\.kafka|io\\.crescendo)\\.[\\w.$]+: ");

  private static final String RUNNING = "RUNNING";
  private static final Set<String> HALTED = Set.of("PAUSED", "STOPPED");

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI worker;

  /**
   * A client of one worker.
   *
   * @param worker such as {@code http://127.0.0.1:8083}
   */
  public ConnectRest(URI worker) {
    this.worker = worker;
  }

  /**
   * Creates a connector or gives it another configuration, and waits until it and all its tasks
   * run. What has failed is restarted once: it may have failed before, with another configuration
   * or while a service was away. One that was paused or stopped is resumed, as Connect remembers
   * that from one start to the next.
   *
   * @param name connector name
   * @param config its configuration, a JSON object
   * @throws StackException if the worker refuses the configuration, the connector or a task fails
   *     again, or the timeout passes
   */
  public void deploy(String name, String config, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    HttpResponse<String> response = put(name, config);
    // a worker that still joins its group answers 409
    while (response.statusCode() == CONFLICT && System.nanoTime() < deadline) {
      pause();
      response = put(name, config);
    }
    if (response.statusCode() / 100 != 2) {
      throw new StackException(
          "Connect refused the configuration of connector '%s' (HTTP %s): %s"
              .formatted(name, response.statusCode(), message(response.body())));
    }
    awaitRunning(name, deadline, timeout);
  }

  /** Status of a connector as the API gives it; empty where there is no such connector. */
  public Optional<JsonNode> status(String name) {
    HttpResponse<String> response = send(request(name + "/status").GET().build());
    if (response.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    return Optional.of(parse(response.body()));
  }

  /** Why a connector or one of its tasks has failed; empty while none has. */
  public Optional<String> failure(String name) {
    return status(name).flatMap(status -> failure(name, status));
  }

  /**
   * How somebody has kept a connector from running, {@code paused} or {@code stopped}; empty while
   * nobody has.
   */
  public Optional<String> halted(String name) {
    return status(name).flatMap(ConnectRest::halted);
  }

  private static Optional<String> halted(JsonNode status) {
    return Optional.of(status.path("connector").path("state").asText())
        .filter(HALTED::contains)
        .map(state -> state.toLowerCase(Locale.ROOT));
  }

  /**
   * Restarts a connector and all its tasks.
   *
   * @throws StackException if the worker refuses
   */
  public void restart(String name) {
    check(name, restart(name, "includeTasks=true"));
  }

  private HttpResponse<String> restart(String name, String query) {
    return send(
        request(name + "/restart", query).POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  private static void check(String name, HttpResponse<String> restarted) {
    if (restarted.statusCode() / 100 != 2) {
      throw new StackException(
          "Connect did not restart connector '%s' (HTTP %s): %s"
              .formatted(name, restarted.statusCode(), message(restarted.body())));
    }
  }

  private boolean resumed(String name) {
    HttpResponse<String> response =
        send(request(name + "/resume").PUT(HttpRequest.BodyPublishers.noBody()).build());
    if (response.statusCode() == CONFLICT) {
      return false;
    }
    if (response.statusCode() / 100 != 2) {
      throw new StackException(
          "Connect did not resume connector '%s' (HTTP %s): %s"
              .formatted(name, response.statusCode(), message(response.body())));
    }
    return true;
  }

  private boolean restartedFailed(String name) {
    HttpResponse<String> response = restart(name, "includeTasks=true&onlyFailed=true");
    if (response.statusCode() == CONFLICT) {
      return false;
    }
    check(name, response);
    return true;
  }

  private void awaitRunning(String name, long deadline, Duration timeout) {
    boolean restarted = false;
    boolean goneOn = false;
    boolean resumed = false;
    while (true) {
      Optional<JsonNode> status = status(name);
      if (!resumed && status.flatMap(ConnectRest::halted).isPresent()) {
        resumed = resumed(name);
      }
      Optional<String> failure = status.flatMap(s -> failure(name, s));
      if (failure.isEmpty()) {
        // the failure of before is shown for a moment after the restart
        goneOn = restarted;
        if (status.filter(ConnectRest::runs).isPresent()) {
          return;
        }
      } else if (goneOn) {
        throw new StackException(failure.get());
      } else if (!restarted) {
        restarted = restartedFailed(name);
      }
      if (System.nanoTime() > deadline) {
        throw new StackException(
            failure.orElseGet(
                () ->
                    "Connector '%s' does not run after %s; its status is %s"
                        .formatted(
                            name, timeout, status.map(JsonNode::toString).orElse("not there"))));
      }
      pause();
    }
  }

  private static boolean runs(JsonNode status) {
    List<String> states = status.path("tasks").findValuesAsText("state");
    return status.path("connector").path("state").asText().equals(RUNNING)
        && !states.isEmpty()
        && states.stream().allMatch(RUNNING::equals);
  }

  private static Optional<String> failure(String name, JsonNode status) {
    JsonNode connector = status.path("connector");
    if (hasFailed(connector)) {
      return Optional.of("Connector '%s' failed: %s".formatted(name, trace(connector)));
    }
    for (JsonNode task : status.path("tasks")) {
      if (hasFailed(task)) {
        return Optional.of(
            "Task %s of connector '%s' failed: %s"
                .formatted(task.path("id").asText(), name, trace(task)));
      }
    }
    return Optional.empty();
  }

  private static boolean hasFailed(JsonNode part) {
    return part.path("state").asText().equals("FAILED");
  }

  /**
   * What a stack trace says in words: the messages of the failure and of its causes that add
   * something. The worker has all of it in its log.
   */
  private static String trace(JsonNode part) {
    List<String> said = new ArrayList<>();
    for (String thrown : part.path("trace").asText().split("(?m)^Caused by: ")) {
      String message =
          OF_OURS
              .matcher(thrown.split("\\R\t", 2)[0].strip())
              .replaceFirst("")
              .replaceFirst("\\.\\z", "");
      String words = CLASS_NAME.matcher(message).replaceFirst("");
      if (said.stream().noneMatch(before -> before.contains(words))) {
        said.add(message);
      }
    }
    return String.join(": ", said);
  }

  private HttpResponse<String> put(String name, String config) {
    return send(
        request(name + "/config")
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(config))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return request(path, "");
  }

  private HttpRequest.Builder request(String path, String query) {
    String encoded = URLEncoder.encode(path, StandardCharsets.UTF_8).replace("%2F", "/");
    return HttpRequest.newBuilder(worker.resolve("/connectors/" + encoded + "?" + query))
        .timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new StackException("Connect does not answer at %s: %s".formatted(worker, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while waiting for Connect at " + worker, e);
    }
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new StackException("Connect answered something that is not JSON: " + body, e);
    }
  }

  private static String message(String body) {
    try {
      return JSON.readTree(body).path("message").asText(body);
    } catch (JsonProcessingException e) {
      return body;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while waiting for Connect", e);
    }
  }
}
