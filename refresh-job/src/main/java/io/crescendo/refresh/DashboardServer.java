package io.crescendo.refresh;

import io.javalin.Javalin;
import io.javalin.util.JavalinException;
import java.net.URI;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Serves the built-in page and the documents that {@link JsonDashboard} leaves in the results
 * bucket, and answers what a viewer asks beyond them. Read-only; {@link PageRoutes} lists what it
 * answers.
 */
public final class DashboardServer implements AutoCloseable {

  /** Address to listen on unless told otherwise: this machine only. */
  public static final String DEFAULT_HOST = "127.0.0.1";

  /** Port unless told otherwise. */
  public static final int DEFAULT_PORT = 8088;

  private final Javalin server;
  private final Explorer explorer;
  private final String host;

  private DashboardServer(Javalin server, Explorer explorer, String host) {
    this.server = server;
    this.explorer = explorer;
    this.host = host;
  }

  /** Starts serving under the names of this machine and returns. */
  public static DashboardServer start(
      S3Client s3, RefreshSettings settings, String host, int port) {
    return start(s3, settings, host, port, List.of());
  }

  /**
   * Starts serving and returns.
   *
   * @param s3 client of the store that holds the results bucket; stays open
   * @param host address to listen on, such as {@value #DEFAULT_HOST}
   * @param port port; 0 for any that is free
   * @param names names that it answers under beside those of this machine and {@code host}
   * @throws ConfigurationException if one of them is no name
   * @throws RefreshException if it cannot listen there
   */
  public static DashboardServer start(
      S3Client s3, RefreshSettings settings, String host, int port, Collection<String> names) {
    HostNames allowed = new HostNames(host, names);
    Clock clock = Clock.systemUTC();
    ResultsBucket results = new ResultsBucket(s3, settings.resultsBucket());
    DashboardDocuments documents =
        new DashboardDocuments(results, new RunHistory(s3, settings), clock);
    Explorer explorer =
        new Explorer(
            documents,
            new DuckDbQueryEngine(s3, settings, true, clock),
            settings.deadline(),
            Explorer.LONGEST_WAIT,
            clock);
    PageRoutes routes =
        new PageRoutes(documents, new PageAnswers(documents, explorer), results, allowed);
    Javalin server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.jetty.host = host;
              config.jetty.port = port;
              config.jetty.modifyServer(jetty -> jetty.setErrorHandler(new BeforeRouting()));
              config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
              routes.addTo(config.routes);
            });
    try {
      return new DashboardServer(server.start(), explorer, host);
    } catch (JavalinException e) {
      explorer.close();
      throw new RefreshException(
          "The page cannot be served on %s:%s: %s; choose another port"
              .formatted(host, port, RunLog.reason(e.getCause() == null ? e : e.getCause())),
          e);
    }
  }

  /** Port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Address of the page, such as {@code http://127.0.0.1:8088/}. */
  public URI address() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://%s:%s/".formatted(name, port()));
  }

  @Override
  public void close() {
    server.stop();
    explorer.close();
  }
}
