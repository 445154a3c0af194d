package io.crescendo.streams;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Makes every failure of {@link QuestionServer} an {@link Answers.Failure}. */
final class HttpFailures {

  static final String JSON = "application/json";
  static final String RETRY_AFTER = "Retry-After";

  private HttpFailures() {}

  static void configure(JavalinConfig config) {
    config.jetty.modifyServer(server -> server.setErrorHandler(new BeforeRouting()));
    config.routes.exception(Unanswered.class, (e, c) -> fail(c, e.status(), e.getMessage()));
    config.routes.exception(InvalidStateStoreException.class, (e, c) -> notNow(c, e));
    config.routes.exception(StreamsNotStartedException.class, (e, c) -> notNow(c, e));
    config.routes.error(
        HttpStatus.NOT_FOUND.getCode(),
        context -> {
          if (!JSON.equals(context.res().getContentType())) {
            fail(context, HttpStatus.NOT_FOUND, "There is no such path; see /openapi.json");
          }
        });
    config.routes.error(
        HttpStatus.METHOD_NOT_ALLOWED.getCode(),
        context -> fail(context, HttpStatus.METHOD_NOT_ALLOWED, "Questions are asked with GET"));
    config.routes.error(
        HttpStatus.INTERNAL_SERVER_ERROR.getCode(),
        context -> fail(context, HttpStatus.INTERNAL_SERVER_ERROR, "A defect; see the app's log"));
  }

  private static void notNow(Context context, RuntimeException e) {
    fail(
        context,
        HttpStatus.SERVICE_UNAVAILABLE,
        "The state is moving or the app is starting; ask again in a moment: " + e.getMessage());
  }

  private static void fail(Context context, HttpStatus status, String message) {
    if (status == HttpStatus.SERVICE_UNAVAILABLE) {
      context.header(RETRY_AFTER, "1");
    }
    context
        .status(status)
        .contentType(JSON)
        .result(Answers.json(new Answers.Failure(status.getCode(), message)));
  }

  /** What Jetty refuses before a route is found, such as a path that is not encoded as URIs are. */
  private static final class BeforeRouting extends ErrorHandler {

    @Override
    protected void generateResponse(
        Request request,
        Response response,
        int code,
        String message,
        Throwable cause,
        Callback callback) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
      Content.Sink.write(
          response, true, Answers.json(new Answers.Failure(code, message)), callback);
    }
  }
}
