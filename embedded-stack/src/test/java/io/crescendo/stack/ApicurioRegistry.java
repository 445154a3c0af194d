package io.crescendo.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Apicurio Registry in a JVM of its own, with its schemas in memory. The build unpacks it into
 * {@code target/schema-registry} before integration tests.
 */
final class ApicurioRegistry implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final String url;

  private ApicurioRegistry(Process process, int port) {
    this.process = process;
    this.url = "http://127.0.0.1:%d/apis/ccompat/v7".formatted(port);
  }

  /**
   * Starts a registry without schemas.
   *
   * @param log file that it writes to
   */
  static ApicurioRegistry start(Path log) throws IOException, InterruptedException {
    Path directory = Path.of("target", "schema-registry");
    Path jar;
    try (Stream<Path> files = Files.list(directory)) {
      jar = files.filter(f -> f.toString().endsWith("-runner.jar")).findFirst().orElseThrow();
    }
    int port = Ports.free();
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-Dquarkus.http.host=127.0.0.1",
                    "-Dquarkus.http.port=" + port,
                    "-jar",
                    jar.getFileName().toString()))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    ApicurioRegistry registry = new ApicurioRegistry(process, port);
    try {
      registry.await(log);
      return registry;
    } catch (RuntimeException | InterruptedException e) {
      registry.close();
      throw e;
    }
  }

  /** Address of its API that is like Confluent's. */
  String url() {
    return url;
  }

  /** Body of a GET below {@link #url}. */
  String get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url + path)).build()).body();
  }

  /** PUTs a JSON object below {@link #url}. */
  HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString());
  }

  private void await(Path log) throws InterruptedException {
    long end = System.nanoTime() + START_TIMEOUT.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (get("/subjects").equals("[]")) {
          return;
        }
      } catch (IOException e) {
        // not yet
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new StackException("The schema registry did not start; its log is " + log);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
