package io.crescendo.refresh;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinException;
import java.util.List;

/**
 * Serves {@code GET /metrics}, and nothing else; on loopback under the names of this machine only,
 * see {@link HostNames}. Who listens elsewhere is asked under names that only the network knows. A
 * client that sends half a request keeps no thread from the others, and is hung up on when it has
 * been idle for a while.
 */
final class MetricsServer implements AutoCloseable {

  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Javalin server;

  /**
   * Starts serving.
   *
   * @param port port; 0 for any that is free
   * @throws ConfigurationException if it cannot listen there
   */
  MetricsServer(RefreshMetrics metrics, String host, int port) {
    server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.jetty.host = host;
              config.jetty.port = port;
              config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
              if (HostNames.isThisMachine(host)) {
                HostNames names = new HostNames(host, List.of());
                config.routes.before(context -> guard(context, names));
              }
              PageRoutes.get(
                  config.routes,
                  "/metrics",
                  context -> context.contentType(TYPE).result(metrics.scrape()));
              config.routes.error(
                  HttpStatus.NOT_FOUND.getCode(),
                  context ->
                      context
                          .contentType("text/plain; charset=utf-8")
                          .result("There is nothing here but /metrics"));
            });
    try {
      server.start();
    } catch (JavalinException | IllegalArgumentException e) {
      throw new ConfigurationException(
          List.of(
              "Metrics cannot be served on %s:%s: %s; choose another --metrics-port"
                  .formatted(host, port, RunLog.reason(e.getCause() == null ? e : e.getCause()))));
    }
  }

  private static void guard(Context context, HostNames names) {
    String asked = context.header("Host");
    if (!names.allow(asked)) {
      context
          .status(HttpStatus.FORBIDDEN)
          .contentType("text/plain; charset=utf-8")
          .header("X-Content-Type-Options", "nosniff")
          .result("Metrics are served under %s only, not '%s'".formatted(names, asked));
      context.skipRemainingHandlers();
    }
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
