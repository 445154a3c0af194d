package io.crescendo.refresh;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts the record of a run that failed, as JSON. Tries three times; if nobody answers well, the
 * log says so, and the run's outcome stays what it was. The address may hold a secret in its path,
 * so only its host is ever told.
 */
final class FailureWebhook implements Consumer<RunRecord> {

  private static final Logger LOG = LoggerFactory.getLogger(FailureWebhook.class);
  private static final int TRIES = 3;
  private static final int ERRORS = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI url;
  private final Poller.Pause pause;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  FailureWebhook(URI url) {
    this(url, time -> Thread.sleep(time.toMillis()));
  }

  FailureWebhook(URI url, Poller.Pause pause) {
    this.url = url;
    this.pause = pause;
  }

  @Override
  public void accept(RunRecord run) {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.text(run)))
            .build();
    String problem = "";
    try {
      for (int number = 1; number <= TRIES; number++) {
        problem = send(request);
        if (problem.isEmpty()) {
          return;
        }
        if (number < TRIES) {
          pause.take(Duration.ofSeconds(number));
        }
      }
      LOG.error(
          "Run {} failed, and {} could not be told, in {} tries: {}",
          run.run(),
          url.getHost(),
          TRIES,
          problem);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.error("Run {} failed, and {} may not have been told: stopped", run.run(), url.getHost());
    }
  }

  /** Empty once it is received. */
  private String send(HttpRequest request) throws InterruptedException {
    try {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status < ERRORS ? "" : "HTTP " + status;
    } catch (IOException e) {
      return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
  }
}
