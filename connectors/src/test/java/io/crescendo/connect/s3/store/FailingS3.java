package io.crescendo.connect.s3.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.types.Password;

/** An HTTP server on loopback that counts requests and answers them as a test wants. */
final class FailingS3 implements AutoCloseable {

  private final AtomicInteger requests = new AtomicInteger();
  private final HttpServer server;

  /** Gives the answer to requests whose body has been read. */
  FailingS3(HttpHandler answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            requests.incrementAndGet();
            answer.handle(exchange);
          }
        });
    server.start();
  }

  /** The first requests fail with a status, all others succeed. */
  static FailingS3 failing(int failures, int status) throws IOException {
    return failing(failures, status, "");
  }

  /** As {@link #failing(int, int)}, with a document that says why. */
  static FailingS3 failing(int failures, int status, String document) throws IOException {
    AtomicInteger left = new AtomicInteger(failures);
    return new FailingS3(
        exchange -> {
          boolean fails = left.getAndDecrement() > 0;
          say(exchange, fails ? status : 200, fails ? document : "");
        });
  }

  /** A document of the error that has a code. */
  static String error(String code) {
    return "<Error><Code>%s</Code></Error>".formatted(code);
  }

  static void say(HttpExchange exchange, int status, String document) throws IOException {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  /** How many requests came. */
  int requests() {
    return requests.get();
  }

  /** A store at this server. */
  S3ObjectStore store(int retries) {
    return store(retries, IdentitySettings.of("key", new Password("secret")));
  }

  S3ObjectStore store(int retries, IdentitySettings identity) {
    return new S3ObjectStore(
        new S3Settings(
            LocalS3.BUCKET,
            "us-east-1",
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            true,
            false,
            identity,
            null,
            5L * 1024 * 1024,
            retries,
            Duration.ofMillis(1),
            true,
            ObjectSettings.PLAIN));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
