package io.crescendo.streams;

import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Asks other instances of the app. A question that came from one carries {@link #FORWARDED}, and is
 * answered from local state or not at all, so that none travels in a circle.
 *
 * <p>Thread-safe.
 */
final class Peers {

  static final String FORWARDED = "Crescendo-Forwarded";

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /** What another instance answered. */
  record Reply(int status, String json, HttpHeaders headers) {

    Optional<String> header(String name) {
      return headers.firstValue(name);
    }
  }

  /** The path of a question, its segments encoded: what came decoded need not be a URI as it is. */
  static String path(String... segments) {
    return Arrays.stream(segments)
        .map(s -> "/" + URLEncoder.encode(s, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining());
  }

  /**
   * Asks an instance.
   *
   * @param question path and query, encoded
   * @throws Unanswered if it does not answer
   */
  Reply ask(HostInfo peer, String question) {
    if (peer.equals(HostInfo.unavailable())) {
      throw Unanswered.notHere(
          "The instance that knows this has no address: where it runs without HTTP, set %s there"
              .formatted(Setting.HTTP_PORT.key()),
          null);
    }
    URI uri = URI.create(HttpSettings.url(peer) + question);
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(TIMEOUT).header(FORWARDED, "1").build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body(), response.headers());
    } catch (IOException e) {
      throw new Unanswered(
          HttpStatus.BAD_GATEWAY,
          "The instance %s, which knows this, did not answer: %s; ask again when its partitions have moved"
              .formatted(HttpSettings.url(peer), e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Unanswered.notNow("Interrupted while another instance was asked", e);
    }
  }
}
