package io.crescendo.refresh;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What the page's server answers.
 *
 * <ul>
 *   <li>{@code GET /} the page, and its files
 *   <li>{@code GET /api/status} run to show, latest runs
 *   <li>{@code GET /api/runs/<run>/<query>} rows of a query, in a run that the dashboard shows or
 *       showed just before; {@link PageParameters} says what it takes. With {@code .csv} behind the
 *       query, as a file.
 *   <li>{@code GET /metrics} the latest runs, for Prometheus
 * </ul>
 *
 * <p>Nothing else, and no other method than GET and HEAD.
 */
final class PageRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(PageRoutes.class);
  private static final String NAME = "[A-Za-z0-9_-]{1,128}";
  private static final String CSV = ".csv";
  private static final String JSON = "application/json";

  /** Headers of every answer. */
  static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
              + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
              + "require-trusted-types-for 'script'; trusted-types 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  private final DashboardDocuments documents;
  private final PageAnswers answers;
  private final ResultsBucket results;
  private final HostNames names;

  /** Routes of a server that answers under these names. */
  PageRoutes(
      DashboardDocuments documents, PageAnswers answers, ResultsBucket results, HostNames names) {
    this.documents = documents;
    this.answers = answers;
    this.results = results;
    this.names = names;
  }

  void addTo(RoutesConfig routes) {
    routes.before(this::guard);
    PageFiles.load()
        .forEach(
            (path, bytes) -> {
              // Javalin's own is not quoted, which HTTP demands
              String tag = '"' + Sha256.hex(bytes) + '"';
              get(routes, path, context -> file(context, path, tag, bytes));
            });
    get(
        routes,
        "/api/status",
        context -> {
          context.header("Cache-Control", "no-store");
          json(context, documents.status());
        });
    RefreshMetrics metrics = new RefreshMetrics();
    get(
        routes,
        "/metrics",
        context -> {
          metrics.observe(documents.status().runs());
          context.header("Cache-Control", "no-store");
          context.contentType(MetricsServer.TYPE).result(metrics.scrape());
        });
    get(routes, "/api/runs/{run}/{query}", this::rows);
    routes.exception(
        ConfigurationException.class,
        (e, context) -> error(context, HttpStatus.BAD_REQUEST, e.getMessage()));
    routes.exception(
        Explorer.Busy.class,
        (e, context) -> {
          context.header("Retry-After", "1");
          error(context, HttpStatus.SERVICE_UNAVAILABLE, e.getMessage());
        });
    routes.exception(RefreshException.class, (e, context) -> failed(context, e.getMessage()));
    routes.exception(
        SdkException.class,
        (e, context) ->
            failed(context, "%s could not be read: %s".formatted(results, Reason.of(e))));
    routes.error(
        HttpStatus.NOT_FOUND.getCode(),
        context -> {
          if (!context.path().startsWith("/api/")) {
            context.contentType("text/plain; charset=utf-8").result("There is nothing here");
          } else if (!JSON.equals(context.res().getContentType())) {
            error(context, HttpStatus.NOT_FOUND, "There is nothing here");
          }
        });
  }

  private static void file(Context context, String path, String tag, byte[] bytes) {
    context.header("Cache-Control", "no-cache").header("ETag", tag);
    String known = context.header("If-None-Match");
    // among others perhaps, or made weak by a proxy that compresses
    if (known != null && known.contains(tag)) {
      context.status(HttpStatus.NOT_MODIFIED);
    } else {
      context.contentType(PageFiles.type(path)).result(bytes);
    }
  }

  /** Adds a path that answers GET, and HEAD alike: Javalin would answer that with 200 unseen. */
  static void get(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  private void guard(Context context) {
    HEADERS.forEach(context::header);
    String method = context.method().toString();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      context.header("Allow", "GET, HEAD");
      error(
          context,
          HttpStatus.METHOD_NOT_ALLOWED,
          "The page can only be read; %s is not answered".formatted(method));
      context.skipRemainingHandlers();
      return;
    }
    String host = context.header("Host");
    if (!names.allow(host)) {
      error(
          context,
          HttpStatus.FORBIDDEN,
          "The page is served under %s only; this request was for '%s'; --allowed-host adds a name"
              .formatted(names, host));
      context.skipRemainingHandlers();
    }
  }

  private void rows(Context context) {
    String run = context.pathParam("run");
    String last = context.pathParam("query");
    boolean csv = last.endsWith(CSV);
    String query = csv ? last.substring(0, last.length() - CSV.length()) : last;
    if (!run.matches(NAME) || !query.matches(NAME)) {
      error(context, HttpStatus.NOT_FOUND, "There is no such run or query");
      return;
    }
    answers
        .rows(run, query, context.queryParamMap())
        .ifPresentOrElse(
            document -> {
              // a run's answers never change
              context.header("Cache-Control", "private, max-age=86400, immutable");
              if (csv) {
                context.header(
                    "Content-Disposition",
                    "attachment; filename=\"crescendo-%s-%s.csv\"".formatted(query, run));
                context.contentType("text/csv; charset=utf-8").result(PageCsv.of(document));
              } else {
                json(context, document);
              }
            },
            () ->
                error(
                    context,
                    HttpStatus.NOT_FOUND,
                    "Run '%s' has no query '%s', or a newer run replaced it"
                        .formatted(run, query)));
  }

  private static void failed(Context context, String message) {
    LOG.warn("{} could not be answered: {}", context.path(), message);
    error(context, HttpStatus.SERVICE_UNAVAILABLE, message);
  }

  private static void error(Context context, HttpStatus status, String message) {
    context.status(status).header("Cache-Control", "no-store");
    json(context, failure(message));
  }

  /** The body of every answer that is a failure. */
  static Map<String, String> failure(String message) {
    return Map.of("error", message);
  }

  private static void json(Context context, Object document) {
    context.contentType(JSON).result(Json.text(document));
  }
}
