package io.crescendo.registry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A registry that answers what it was told to, and keeps what it was asked. */
final class ScriptedServer implements AutoCloseable {

  private final Deque<RegistryRequests.Answer> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private final HttpServer server;

  ScriptedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          RegistryRequests.Answer answer;
          synchronized (this) {
            asked.add(
                "%s %s%s"
                    .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        body.isEmpty() ? "" : " " + body));
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            answer = answers.remove();
          }
          byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  synchronized ScriptedServer answers(int status, String body) {
    answers.add(new RegistryRequests.Answer(status, body));
    return this;
  }

  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  synchronized List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
