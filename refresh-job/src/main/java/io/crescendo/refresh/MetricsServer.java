package io.crescendo.refresh;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves {@code GET /metrics}, and nothing else. */
final class MetricsServer implements AutoCloseable {

  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread daemon = new Thread(work, "metrics");
            daemon.setDaemon(true);
            return daemon;
          });

  /**
   * Starts serving.
   *
   * @param port port; 0 for any that is free
   * @throws ConfigurationException if it cannot listen there
   */
  MetricsServer(RefreshMetrics metrics, String host, int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), 0);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(
          List.of(
              "Metrics cannot be served on %s:%s: %s; choose another --metrics-port"
                  .formatted(host, port, e.getMessage())));
    }
    server.setExecutor(thread);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            boolean known = exchange.getRequestURI().getPath().equals("/metrics");
            byte[] body =
                (known ? metrics.scrape() : "There is nothing here but /metrics")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", known ? TYPE : "text/plain");
            exchange.sendResponseHeaders(known ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }
}
