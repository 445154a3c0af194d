package io.crescendo.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sends requests to the servers of a registry, again where one does not answer or is overloaded:
 * the next server, after a pause that doubles from 0.1 s to 2 s and is shortened at random, so that
 * those who failed together do not come back together.
 *
 * <p>Thread-safe.
 */
final class RegistryRequests {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
  private static final long FIRST_PAUSE_MS = 100;
  private static final long LONGEST_PAUSE_MS = 2_000;
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

  private final RegistrySettings settings;
  private final Pause pause;
  // follows no redirect, which would take the password elsewhere
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private volatile int server;

  /** Passes time between two attempts. */
  interface Pause {
    void of(long milliseconds) throws InterruptedException;
  }

  RegistryRequests(RegistrySettings settings, Pause pause) {
    this.settings = settings;
    this.pause = pause;
  }

  /** What a server answered; neither 5xx nor a refusal of the password. */
  record Answer(int status, String body) {}

  /**
   * Sends one request.
   *
   * @param path from the server's address on, such as {@code /schemas/ids/7}
   * @param body JSON to POST; null to GET
   * @throws RegistryException if no server answers in time, or one refuses the password
   */
  Answer send(String path, String body) {
    long waited = 0;
    for (int attempt = 0; ; attempt++) {
      URI base = settings.urls().get(server % settings.urls().size());
      String problem;
      Exception cause = null;
      long asked = System.nanoTime();
      try {
        HttpResponse<String> response =
            http.send(request(base, path, body), BodyHandlers.ofString());
        if (response.statusCode() == 401 || response.statusCode() == 403) {
          throw new RegistryException(
              "Schema registry %s refuses %s with status %s; check its user info"
                  .formatted(base, path, response.statusCode()));
        }
        if (!PASSING.contains(response.statusCode())) {
          return new Answer(response.statusCode(), response.body());
        }
        problem = "status " + response.statusCode();
      } catch (IOException e) {
        problem = e.toString();
        cause = e;
      } catch (InterruptedException e) {
        throw interrupted(base, path, e);
      }
      server = server + 1;
      long next = pauseBefore(attempt);
      waited += next + (System.nanoTime() - asked) / 1_000_000;
      if (waited > settings.patience().toMillis()) {
        throw new RegistryException(
            "Schema registry %s did not answer %s within %s: %s, after %s attempts"
                .formatted(base, path, settings.patience(), problem, attempt + 1),
            cause,
            true);
      }
      try {
        pause.of(next);
      } catch (InterruptedException e) {
        throw interrupted(base, path, e);
      }
    }
  }

  private HttpRequest request(URI base, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(ANSWER_TIMEOUT)
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
    settings.userInfo().ifPresent(u -> request.header("Authorization", "Basic " + base64(u)));
    return body == null
        ? request.build()
        : request
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(BodyPublishers.ofString(body))
            .build();
  }

  private static long pauseBefore(int attempt) {
    long most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(attempt, 10));
    return ThreadLocalRandom.current().nextLong(most / 2, most + 1);
  }

  private static RegistryException interrupted(URI base, String path, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new RegistryException(
        "Interrupted while waiting for schema registry %s to answer %s".formatted(base, path),
        e,
        true);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
