package io.crescendo.streams;

import io.javalin.http.HttpStatus;

/** A question has no answer; the message says why, for the one who asked. */
final class Unanswered extends RuntimeException {

  private final HttpStatus status;

  Unanswered(HttpStatus status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  static Unanswered notFound(String message) {
    return new Unanswered(HttpStatus.NOT_FOUND, message, null);
  }

  static Unanswered badRequest(String message) {
    return new Unanswered(HttpStatus.BAD_REQUEST, message, null);
  }

  /** State is on its way from one instance to another, or the app is starting. */
  static Unanswered notNow(String message, Throwable cause) {
    return new Unanswered(HttpStatus.SERVICE_UNAVAILABLE, message, cause);
  }

  /** State is not where its instance says that it is reached. */
  static Unanswered notHere(String what, Throwable cause) {
    return notNow(
        ("%s; ask again in a moment. Where this does not pass, several instances say that they are"
                + " reached at the same address: set %s on each")
            .formatted(what, Setting.HTTP_ADVERTISED.key()),
        cause);
  }

  HttpStatus status() {
    return status;
  }
}
