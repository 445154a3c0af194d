package io.crescendo.refresh;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what Jetty refuses before {@link PageRoutes} see it, such as a path that is not encoded
 * as URIs are or that is too long, as they answer their own failures.
 */
final class BeforeRouting extends ErrorHandler {

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      Throwable cause,
      Callback callback) {
    PageRoutes.HEADERS.forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    String said = message == null ? HttpStatus.getMessage(code) : message;
    Content.Sink.write(response, true, Json.text(PageRoutes.failure(said)), callback);
  }
}
